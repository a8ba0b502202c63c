// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useSyncExternalStore } from 'react';
import { Icon } from './Icon';

interface Told {
  id: number;
  text: string;
  bad: boolean;
}

const LASTS_MS = 5000;
let told: Told[] = [];
let next = 1;
const listeners = new Set<() => void>();

function change(to: Told[]): void {
  told = to;
  listeners.forEach((listener) => listener());
}

/** Tells what has just been done, for a few seconds. */
export function tell(text: string, bad = false): void {
  const id = next++;
  change([...told, { id, text, bad }].slice(-3));
  window.setTimeout(() => change(told.filter((one) => one.id !== id)), LASTS_MS);
}

export function tellError(error: unknown): void {
  tell(error instanceof Error ? error.message : String(error), true);
}

export function Toasts() {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => told,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {all.map((one) => (
        <div key={one.id} className={one.bad ? 'bad' : ''}>
          <Icon name={one.bad ? 'incidents' : 'check'} />
          <span>{one.text}</span>
        </div>
      ))}
    </div>
  );
}
