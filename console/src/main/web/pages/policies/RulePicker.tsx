// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent } from 'react';
import { Link } from 'wouter';
import { call, path } from '../../api/client';
import type { Count } from '../../api/events';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Name } from '../../parts/Name';
import { plain } from '../../parts/safe-text';
import { Toggle } from '../../parts/Toggle';
import { useRules } from '../../rules/catalogue';
import type { Draft } from './draft';
import { shippedWords } from './shipped-words';
import { policyWords } from './words';

interface Props {
  rules: Draft['rules'];
  onChange: (rules: Draft['rules']) => void;
  /** Those of a policy that ships are switched on and off, no more. */
  fixed: boolean;
}

const MOST = 10;

/** The rules of a policy: looked for by name, each with its own toggle. */
export function RulePicker({ rules, onChange, fixed }: Props) {
  const s = useWords(shippedWords);
  const t = useWords(policyWords);
  const id = useId();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const known = useRules().data ?? [];
  // Rules that agents have and the collector does not are known by what they told.
  const told = useQuery({
    queryKey: ['values', 'ruleName'],
    queryFn: () =>
      call<{ counts: Count[] }>(
        'GET',
        path('/api/v1/events/counts', { attribute: 'ruleName', limit: 500 }),
      ),
  });
  const names = [
    ...new Set([
      ...known.filter((rule) => !rule.details.append).map((rule) => rule.name),
      ...(told.data?.counts ?? [])
        .map((one) => one.value)
        .filter((name) => name !== 'Container drift'),
    ]),
  ];
  const describe = (name: string) => known.find((rule) => rule.name === name);
  const free = names.filter((name) => !rules.some((rule) => rule.ruleName === name));
  const matching = free
    .filter((name) => {
      const rule = describe(name);
      return `${name} ${rule?.description ?? ''} ${rule?.tags.join(' ') ?? ''}`
        .toLowerCase()
        .includes(typed.toLowerCase());
    })
    .sort()
    .slice(0, MOST);
  const exact = names.some((name) => name === typed.trim());
  const offers = [
    ...matching.map((name) => ({ name, label: name })),
    ...(typed.trim() !== '' && !exact
      ? [{ name: typed.trim(), label: t.addNamed(typed.trim()) }]
      : []),
  ];
  const add = (name: string) => {
    if (!rules.some((rule) => rule.ruleName === name)) {
      onChange([...rules, { ruleName: name, enabled: true }]);
    }
    setTyped('');
    setAt(0);
    // It would cover what comes next.
    setOpen(false);
  };
  const onKey = (e: KeyboardEvent) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setOpen(true);
      const step = e.key === 'ArrowDown' ? 1 : -1;
      setAt((at + step + offers.length) % Math.max(1, offers.length));
    } else if (e.key === 'Enter') {
      e.preventDefault();
      const chosen = offers[at];
      if (open && chosen) add(chosen.name);
    } else if (e.key === 'Escape') setOpen(false);
  };
  return (
    <div className="stack">
      {rules.length === 0 ? (
        <p className="dim">{t.rulesNone}</p>
      ) : (
        <ul className="picked">
          {rules.map((rule) => (
            <li key={rule.ruleName} className="row">
              <span className="grow">
                <Toggle
                  on={rule.enabled}
                  onChange={(enabled) =>
                    onChange(rules.map((one) => (one === rule ? { ...rule, enabled } : one)))
                  }
                  hint={describe(rule.ruleName)?.description}
                >
                  <span title={plain(describe(rule.ruleName)?.details.condition?.condition ?? '')}>
                    <Name>{rule.ruleName}</Name>
                  </span>
                </Toggle>
              </span>
              {describe(rule.ruleName) && (
                <Link href={`/library/rules/${encodeURIComponent(rule.ruleName)}`}>↗</Link>
              )}
              {!fixed && (
                <Button
                  kind="quiet"
                  icon="close"
                  label={t.removeRule(rule.ruleName)}
                  onClick={() => onChange(rules.filter((one) => one !== rule))}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {fixed && <p className="hint">{s.fixedRules}</p>}
      <div className="picker" hidden={fixed}>
        <input
          type="text"
          role="combobox"
          aria-label={t.rulesAdd}
          placeholder={t.rulesAdd}
          aria-expanded={open && offers.length > 0}
          aria-controls={id}
          aria-activedescendant={open && offers.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          value={typed}
          onChange={(e) => {
            setTyped(e.target.value);
            setOpen(true);
            setAt(0);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKey}
        />
        {open && offers.length > 0 && (
          <ul className="offers" role="listbox" id={id} aria-label={t.rules}>
            {offers.map((offer, index) => (
              <li
                key={offer.name}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                title={plain(describe(offer.name)?.details.condition?.condition ?? '')}
                onMouseDown={(e) => {
                  e.preventDefault();
                  add(offer.name);
                }}
              >
                <span>
                  {offer.label}
                  <span className="hint"> {describe(offer.name)?.description}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
