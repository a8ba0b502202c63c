// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState } from 'react';
import { ns } from '../parts/time';
import { call } from './client';

export const DAY_MS = 86_400_000;

/** Asks what a draft would have said of a time that ends now; `wording` says what went wrong. */
export function useTrial<T>(path: string, wording: (error: unknown) => string, spanMs = DAY_MS) {
  const [answer, setAnswer] = useState<T>();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const run = async (draft: () => object) => {
    setBusy(true);
    setError('');
    setAnswer(undefined);
    const now = Date.now();
    try {
      setAnswer(await call<T>('POST', path, { ...draft(), from: ns(now - spanMs), to: ns(now) }));
    } catch (e) {
      setError(wording(e));
    } finally {
      setBusy(false);
    }
  };
  /** What was said is of a draft that is another one now. */
  const forget = () => {
    setAnswer(undefined);
    setError('');
  };
  return { answer, error, busy, run, forget };
}
