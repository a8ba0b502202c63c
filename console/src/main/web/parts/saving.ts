// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState, type FormEvent } from 'react';

/** Of a form: what is refused is told in it, what is kept goes on. */
export function useSaving(save: () => Promise<unknown>, onSaved: () => unknown) {
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    setBusy(true);
    setError('');
    save()
      .then(onSaved, (refused: unknown) =>
        setError(refused instanceof Error ? refused.message : String(refused)),
      )
      .finally(() => setBusy(false));
  };
  return { error, busy, submit };
}
