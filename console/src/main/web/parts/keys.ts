// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useEffect, useRef } from 'react';

/** Single keys of a page; not while something is typed, a dialog is open, or a modifier is held. */
export function useKeys(keys: Record<string, (e: KeyboardEvent) => void>): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return;
      const target = e.target as HTMLElement | null;
      if (
        target?.closest(
          'input, textarea, select, [contenteditable], dialog, [role=menu], [data-keys=own]',
        )
      )
        return;
      // A button that has the focus is what Enter and Space are for.
      if ((e.key === 'Enter' || e.key === ' ') && target?.closest('button, a')) return;
      const act = now.current[e.key];
      if (!act) return;
      e.preventDefault();
      act(e);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
