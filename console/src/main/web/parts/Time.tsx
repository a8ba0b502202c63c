// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useEffect, useState } from 'react';
import { useLanguage } from '../i18n/language';
import { ago, clock, full } from './time';

const EVERY_MS = 15_000;

/** A moment as the clock shows it, or how long ago; the whole of it in the title. */
export function Time({ at, relative }: { at: number; relative?: boolean }) {
  const language = useLanguage();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
  if (!at) return <span className="dim">–</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={full(at, language)}>
      {relative ? ago(at, language, now) : clock(at, language, now)}
    </time>
  );
}
