// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client';
import type { Account, Role } from '../../api/access';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { SelectField, TextField } from '../../parts/Field';
import { useSaving } from '../../parts/saving';
import { Sheet } from '../../parts/Sheet';
import { tell } from '../../parts/Toast';
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
  const [changing, setChanging] = useState<Account>();
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
                <>
                  <Button
                    aria-label={`${t.changeRole}: ${account.name}`}
                    onClick={() => setChanging(account)}
                  >
                    {t.changeRole}
                  </Button>{' '}
                  <Button
                    kind="quiet"
                    icon="trash"
                    label={`${c.remove}: ${account.name}`}
                    onClick={() => setRemoving(account.name)}
                  />
                </>
              )}
            </td>
          </tr>
        )}
      />
      {adding && <NewAccount onClose={() => setAdding(false)} onMade={changed} />}
      {changing && (
        <ChangeRole of={changing} onClose={() => setChanging(undefined)} onChanged={changed} />
      )}
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
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('analyst');
  const [password, setPassword] = useState('');
  const { error, busy, submit } = useSaving(
    () => call('POST', '/api/v1/accounts', { name, role, password }),
    () => {
      onMade();
      onClose();
    },
  );
  return (
    <Sheet
      title={t.newAccount}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="primary" type="submit" form="new-account" busy={busy}>
            {c.save}
          </Button>
        </>
      }
    >
      <form id="new-account" className="stack" onSubmit={submit}>
        <TextField
          label={c.name}
          value={name}
          required
          autoComplete="off"
          onChange={(e) => setName(e.target.value)}
        />
        <RoleField role={role} onChange={setRole} />
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

function RoleField({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const t = useWords(settingsWords);
  const s = useWords(shellWords);
  return (
    <SelectField
      label={t.role}
      hint={t.roleHint}
      value={role}
      options={ROLES.map((value) => ({ value, label: s.role(value) }))}
      onChange={(e) => onChange(e.target.value as Role)}
    />
  );
}

interface Change {
  of: Account;
  onClose: () => void;
  onChanged: () => unknown;
}

function ChangeRole({ of, onClose, onChanged }: Change) {
  const t = useWords(settingsWords);
  const c = useWords(common);
  const s = useWords(shellWords);
  const [role, setRole] = useState(of.role);
  const { error, busy, submit } = useSaving(
    () => call('PUT', `/api/v1/accounts/${encodeURIComponent(of.name)}`, { role }),
    () => {
      tell(t.roleChanged(of.name, s.role(role)));
      onChanged();
      onClose();
    },
  );
  return (
    <Sheet
      kind="dialog"
      title={t.roleOf(of.name)}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="primary" type="submit" form="role" busy={busy} disabled={role === of.role}>
            {c.save}
          </Button>
        </>
      }
    >
      <form id="role" className="stack" onSubmit={submit}>
        <RoleField role={role} onChange={setRole} />
        <p className="hint">{t.roleAtOnce}</p>
        {error && (
          <div className="wrong" role="alert">
            {error}
          </div>
        )}
      </form>
    </Sheet>
  );
}
