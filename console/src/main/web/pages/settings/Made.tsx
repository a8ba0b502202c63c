// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState, type FormEvent } from 'react';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Copyable } from '../../parts/Copyable';
import { SelectField, TextField } from '../../parts/Field';
import { Sheet } from '../../parts/Sheet';
import { settingsWords } from './words';

interface Props {
  title: string;
  purposes?: { value: string; label: string }[];
  make: (name: string, purpose: string) => Promise<{ token: string }>;
  onClose: () => void;
}

/** Asks for a name, then shows the secret that was made: once. */
export function Made({ title, purposes, make, onClose }: Props) {
  const t = useWords(settingsWords);
  const c = useWords(common);
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState(purposes?.[0]?.value ?? '');
  const [secret, setSecret] = useState('');
  const [error, setError] = useState('');
  const go = (e: FormEvent) => {
    e.preventDefault();
    make(name, purpose).then(
      (made) => setSecret(made.token),
      (refused: Error) => setError(refused.message),
    );
  };
  return (
    <Sheet
      title={title}
      kind="dialog"
      onClose={onClose}
      foot={
        secret ? (
          <Button kind="primary" onClick={onClose}>
            {c.close}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{c.cancel}</Button>
            <Button kind="primary" type="submit" form="made">
              {title}
            </Button>
          </>
        )
      }
    >
      {secret ? (
        <div className="stack">
          <p role="status">{t.secretOnce}</p>
          <Copyable text={secret} />
        </div>
      ) : (
        <form id="made" className="stack" onSubmit={go}>
          <TextField
            label={c.name}
            value={name}
            required
            autoComplete="off"
            error={error || undefined}
            onChange={(e) => setName(e.target.value)}
          />
          {purposes && (
            <SelectField
              label={t.purpose}
              value={purpose}
              options={purposes}
              onChange={(e) => setPurpose(e.target.value)}
            />
          )}
        </form>
      )}
    </Sheet>
  );
}
