// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState, type FormEvent } from 'react';
import { call } from '../../api/client';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextField } from '../../parts/Field';
import { tell } from '../../parts/Toast';
import { useMe } from '../../shell/me';
import { shellWords } from '../../shell/words';
import { Made } from './Made';
import { settingsWords } from './words';

export function Mine() {
  const t = useWords(settingsWords);
  const s = useWords(shellWords);
  const me = useMe();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [error, setError] = useState('');
  const [making, setMaking] = useState(false);
  const save = (e: FormEvent) => {
    e.preventDefault();
    call('POST', '/api/v1/me/password', { old, new: next }).then(
      () => {
        tell(t.passwordChanged);
        setOld('');
        setNext('');
        setError('');
      },
      (refused: Error) => setError(refused.message),
    );
  };
  return (
    <>
      <form className="stack" onSubmit={save}>
        <p>
          <strong>{me.name}</strong> <span className="dim">{s.role(me.role)}</span>
        </p>
        <TextField
          label={t.oldPassword}
          type="password"
          required
          autoComplete="current-password"
          value={old}
          onChange={(e) => setOld(e.target.value)}
        />
        <TextField
          label={t.newPassword}
          hint={t.passwordHint}
          type="password"
          required
          autoComplete="new-password"
          value={next}
          error={error || undefined}
          onChange={(e) => setNext(e.target.value)}
        />
        <div>
          <Button kind="primary" type="submit">
            {t.changePassword}
          </Button>
        </div>
      </form>
      {!me.may('admin') && (
        <p className="row wrap mine-token">
          <Button icon="key" onClick={() => setMaking(true)}>
            {t.newToken}
          </Button>
          <span className="dim">{t.tokenOfMine}</span>
        </p>
      )}
      {making && (
        <Made
          title={t.newToken}
          make={(name) => call<{ token: string }>('POST', '/api/v1/tokens', { name })}
          onClose={() => setMaking(false)}
        />
      )}
    </>
  );
}
