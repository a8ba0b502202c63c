// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useSyncExternalStore } from 'react';
import { useLanguage } from '../i18n/language';
import { agoBy, clock, full } from './time';

const EVERY_MS = 15_000;
const listeners = new Set<() => void>();
let timer = 0;
let now = Date.now();

/** One clock for all that is shown: thousands of moments need not wake one by one. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = window.setInterval(() => {
      now = Date.now();
      listeners.forEach((each) => each());
    }, EVERY_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.clearInterval(timer);
  };
}

const current = () => now;

/** What stands beside a time of day changes when the day does. */
const today = () => new Date(now).setHours(0, 0, 0, 0);

/** A moment as the clock shows it, or how long ago; the whole of it in the title. */
export function Time({ at, relative }: { at: number; relative?: boolean }) {
  const language = useLanguage();
  const as = useSyncExternalStore(subscribe, relative ? current : today);
  if (!at) return <span className="dim">–</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={full(at, language)}>
      {relative ? agoBy(at, language, as, EVERY_MS * 2) : clock(at, language, as)}
    </time>
  );
}
