// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
//
// What the browser scenarios ask a page: where is the thing that a person would call so?
(() => {
  const ROLES = {
    button: 'button, [role=button]',
    link: 'a[href]',
    switch: '[role=switch]',
    tab: '[role=tab]',
    menuitem: '[role=menuitem]',
    option: '[role=option]',
    field: 'input, textarea, select, [contenteditable=true]',
    node: '[role=treeitem]',
    heading: 'h1, h2, h3',
    any: '*',
  };
  const text = (element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  const name = (element) => {
    const labelled = element.getAttribute('aria-labelledby');
    if (element.getAttribute('aria-label')) return element.getAttribute('aria-label');
    if (labelled) {
      return labelled.split(' ').map((id) => text(document.getElementById(id) ?? element)).join(' ');
    }
    if (element.labels?.length) return [...element.labels].map(text).join(' ');
    return text(element) || element.title || element.placeholder || '';
  };
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
  };
  // While a dialog is open only what is in it can be reached.
  const scope = () => [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
  const find = (role, wanted) => {
    const all = [...scope().querySelectorAll(ROLES[role] ?? role)].filter(visible);
    const named = all.filter((one) => name(one) === wanted);
    return (named.length > 0 ? named : all.filter((one) => name(one).includes(wanted)))[0];
  };
  window.torimonoTest = {
    // The middle of it in the window, once it is there, still and not disabled.
    place(role, wanted) {
      const element = find(role, wanted);
      if (!element || element.disabled || element.closest('fieldset:disabled')) return null;
      element.scrollIntoView({ block: 'center', inline: 'nearest' });
      const box = element.getBoundingClientRect();
      const x = box.left + Math.min(box.width / 2, 200);
      const y = box.top + box.height / 2;
      const hit = document.elementFromPoint(x, y);
      const reached = hit && (element.contains(hit) || hit.contains(element));
      return reached ? { x, y } : null;
    },
    focus(role, wanted) {
      const element = find(role, wanted);
      element?.focus();
      return element !== undefined && document.activeElement === element;
    },
    state(role, wanted) {
      const element = find(role, wanted);
      return element ? (element.getAttribute('aria-checked') ?? element.value ?? '') : null;
    },
    text: () => document.body.innerText,
  };
})();
