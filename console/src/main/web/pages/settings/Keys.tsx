// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client';
import type { AccessKey } from '../../api/types';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Time } from '../../parts/Time';
import { Listing } from './Listing';
import { Made } from './Made';
import { settingsWords } from './words';

export function Keys() {
  const t = useWords(settingsWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const keys = useQuery({
    queryKey: ['access-keys'],
    queryFn: () => call<AccessKey[]>('GET', '/api/v1/access-keys'),
  });
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<AccessKey>();
  const changed = () => queries.invalidateQueries({ queryKey: ['access-keys'] });
  return (
    <>
      <Listing
        intro={t.keysIntro}
        add={{ label: t.newKey, act: () => setAdding(true) }}
        query={keys}
        heads={[c.name, t.purpose, t.made]}
        empty={t.noKeys}
        row={(key) => (
          <tr key={key.id}>
            <td>{key.name}</td>
            <td>{t[key.purpose]}</td>
            <td>
              <Time at={key.createdOn} />
            </td>
            <td className="actions">
              {key.revoked ? (
                <span className="dim">{t.revoked}</span>
              ) : (
                <Button
                  kind="quiet"
                  icon="trash"
                  label={`${t.revoke}: ${key.name}`}
                  onClick={() => setRevoking(key)}
                />
              )}
            </td>
          </tr>
        )}
      />
      {adding && (
        <Made
          title={t.newKey}
          purposes={[
            { value: 'enrol', label: t.enrol },
            { value: 'ingest', label: t.ingest },
          ]}
          make={(name, purpose) =>
            call<{ token: string }>('POST', '/api/v1/access-keys', { name, purpose })
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
          onAct={() => call('DELETE', `/api/v1/access-keys/${revoking.id}`).then(changed)}
        >
          {t.revokeKeyHint}
        </Confirm>
      )}
    </>
  );
}
