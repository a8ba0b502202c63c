// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useSyncExternalStore } from 'react';

// Whether the last call reached the collector, and when one did for the last time.
let lostAt: number | undefined;
const listeners = new Set<() => void>();

/** To be told by every call. */
export function reached(so: boolean): void {
  if (so === (lostAt === undefined)) return;
  lostAt = so ? undefined : Date.now();
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Since when the collector is not reached, ms; undefined while it is. */
export const useLostAt = () => useSyncExternalStore(subscribe, () => lostAt);
