// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState } from 'react';
import { ns } from '../parts/time';
import { call } from './client';

const DAY_MS = 86_400_000;

/** Asks what a draft would have said of the last 24 hours; `wording` says what went wrong. */
export function useTrial<T>(path: string, wording: (error: unknown) => string) {
  const [answer, setAnswer] = useState<T>();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const run = async (draft: () => object) => {
    setBusy(true);
    setError('');
    setAnswer(undefined);
    const now = Date.now();
    try {
      setAnswer(await call<T>('POST', path, { ...draft(), from: ns(now - DAY_MS), to: ns(now) }));
    } catch (e) {
      setError(wording(e));
    } finally {
      setBusy(false);
    }
  };
  return { answer, error, busy, run };
}
