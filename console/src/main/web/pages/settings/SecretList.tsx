// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call } from '../../api/client';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Time } from '../../parts/Time';
import { Listing } from './Listing';
import { Made } from './Made';
import { settingsWords } from './words';

interface Secret {
  id: number;
  name: string;
  createdOn: number;
  revoked?: boolean;
}

interface Props<T extends Secret> {
  /** Where the API has them. */
  path: string;
  words: { intro: string; add: string; empty: string; second: string; revokeHint: string };
  /** What stands beside the name. */
  second: (one: T) => ReactNode;
  purposes?: { value: string; label: string }[];
}

/** Secrets that are made once, shown once and revoked: tokens and access keys. */
export function SecretList<T extends Secret>({ path, words, second, purposes }: Props<T>) {
  const t = useWords(settingsWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const all = useQuery({ queryKey: [path], queryFn: () => call<T[]>('GET', path) });
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<T>();
  const changed = () => queries.invalidateQueries({ queryKey: [path] });
  return (
    <>
      <Listing
        intro={words.intro}
        add={{ label: words.add, act: () => setAdding(true) }}
        query={all}
        heads={[c.name, words.second, t.made]}
        empty={words.empty}
        row={(one) => (
          <tr key={one.id}>
            <td>{one.name}</td>
            <td>{second(one)}</td>
            <td>
              <Time at={one.createdOn} />
            </td>
            <td className="actions">
              {one.revoked ? (
                <span className="dim">{t.revoked}</span>
              ) : (
                <Button
                  kind="quiet"
                  icon="trash"
                  label={`${t.revoke}: ${one.name}`}
                  onClick={() => setRevoking(one)}
                />
              )}
            </td>
          </tr>
        )}
      />
      {adding && (
        <Made
          title={words.add}
          {...(purposes ? { purposes } : {})}
          make={(name, purpose) =>
            call<{ token: string }>('POST', path, purposes ? { name, purpose } : { name })
          }
          onClose={() => {
            setAdding(false);
            void changed();
          }}
        />
      )}
      {revoking && (
        <Confirm
          title={t.revokeSure(revoking.name)}
          act={t.revoke}
          onClose={() => setRevoking(undefined)}
          onAct={() => call('DELETE', `${path}/${revoking.id}`).then(changed)}
        >
          {words.revokeHint}
        </Confirm>
      )}
    </>
  );
}
