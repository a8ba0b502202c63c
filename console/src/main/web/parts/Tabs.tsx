// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useId, type KeyboardEvent, type ReactNode } from 'react';

interface Props<K extends string> {
  tabs: { key: K; label: ReactNode }[];
  chosen: K;
  onChoose: (key: K) => void;
  label: string;
  children: ReactNode;
}

export function Tabs<K extends string>({ tabs, chosen, onChoose, label, children }: Props<K>) {
  const id = useId();
  const move = (e: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.key === chosen);
    const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (step === 0 || !next) return;
    e.preventDefault();
    onChoose(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            role="tab"
            aria-selected={tab.key === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === chosen ? 0 : -1}
            onClick={() => onChoose(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} tabIndex={0}>
        {children}
      </div>
    </div>
  );
}
