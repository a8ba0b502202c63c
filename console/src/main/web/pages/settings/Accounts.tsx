// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/client';
import type { Account, Role } from '../../api/types';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { SelectField, TextField } from '../../parts/Field';
import { Sheet } from '../../parts/Sheet';
import { useMe } from '../../shell/me';
import { shellWords } from '../../shell/words';
import { Listing } from './Listing';
import { settingsWords } from './words';

const ROLES: Role[] = ['viewer', 'analyst', 'admin'];

export function Accounts() {
  const t = useWords(settingsWords);
  const c = useWords(common);
  const s = useWords(shellWords);
  const me = useMe();
  const queries = useQueryClient();
  const accounts = useQuery({
    queryKey: ['accounts'],
    queryFn: () => call<Account[]>('GET', '/api/v1/accounts'),
  });
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState('');
  const changed = () => queries.invalidateQueries({ queryKey: ['accounts'] });
  return (
    <>
      <Listing
        intro={t.accountsIntro}
        add={{ label: t.newAccount, act: () => setAdding(true) }}
        query={accounts}
        heads={[c.name, t.role]}
        empty={c.none}
        row={(account) => (
          <tr key={account.name}>
            <td>
              {account.name} {account.name === me.name && <span className="dim">({t.you})</span>}
            </td>
            <td>{s.role(account.role)}</td>
            <td className="actions">
              {account.name !== me.name && (
                <Button
                  kind="quiet"
                  icon="trash"
                  label={`${c.remove}: ${account.name}`}
                  onClick={() => setRemoving(account.name)}
                />
              )}
            </td>
          </tr>
        )}
      />
      {adding && <NewAccount onClose={() => setAdding(false)} onMade={changed} />}
      {removing !== '' && (
        <Confirm
          title={t.removeSure(removing)}
          act={c.remove}
          onClose={() => setRemoving('')}
          onAct={() =>
            call('DELETE', `/api/v1/accounts/${encodeURIComponent(removing)}`).then(changed)
          }
        >
          {t.removeAccountHint}
        </Confirm>
      )}
    </>
  );
}

function NewAccount({ onClose, onMade }: { onClose: () => void; onMade: () => unknown }) {
  const t = useWords(settingsWords);
  const c = useWords(common);
  const s = useWords(shellWords);
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>('analyst');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const save = (e: FormEvent) => {
    e.preventDefault();
    call('POST', '/api/v1/accounts', { name, role, password }).then(
      () => {
        onMade();
        onClose();
      },
      (refused: Error) => setError(refused.message),
    );
  };
  return (
    <Sheet
      title={t.newAccount}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="primary" type="submit" form="new-account">
            {c.save}
          </Button>
        </>
      }
    >
      <form id="new-account" className="stack" onSubmit={save}>
        <TextField
          label={c.name}
          value={name}
          required
          autoComplete="off"
          onChange={(e) => setName(e.target.value)}
        />
        <SelectField
          label={t.role}
          hint={t.roleHint}
          value={role}
          options={ROLES.map((value) => ({ value, label: s.role(value) }))}
          onChange={(e) => setRole(e.target.value)}
        />
        <TextField
          label={t.password}
          hint={t.passwordHint}
          type="password"
          value={password}
          required
          autoComplete="new-password"
          error={error || undefined}
          onChange={(e) => setPassword(e.target.value)}
        />
      </form>
    </Sheet>
  );
}
