// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

export interface Saved {
  name: string;
  address: string;
}

const KEY = 'torimono.views';

/** Views that were given a name, in this browser. */
export function saved(): Saved[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept)
      ? (kept as Saved[]).filter((one) => one.address?.startsWith('/'))
      : [];
  } catch {
    return [];
  }
}

export function save(view: Saved): void {
  const others = saved().filter((one) => one.name !== view.name);
  localStorage.setItem(KEY, JSON.stringify([...others, view]));
}

export function forget(name: string): void {
  localStorage.setItem(KEY, JSON.stringify(saved().filter((one) => one.name !== name)));
}
