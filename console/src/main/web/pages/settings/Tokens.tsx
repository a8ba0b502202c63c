// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client';
import type { ApiToken } from '../../api/types';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Time } from '../../parts/Time';
import { Listing } from './Listing';
import { Made } from './Made';
import { settingsWords } from './words';

export function Tokens() {
  const t = useWords(settingsWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const tokens = useQuery({
    queryKey: ['tokens'],
    queryFn: () => call<ApiToken[]>('GET', '/api/v1/tokens'),
  });
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken>();
  const changed = () => queries.invalidateQueries({ queryKey: ['tokens'] });
  return (
    <>
      <Listing
        intro={t.tokensIntro}
        add={{ label: t.newToken, act: () => setAdding(true) }}
        query={tokens}
        heads={[c.name, t.account, t.made]}
        empty={t.noTokens}
        row={(token) => (
          <tr key={token.id}>
            <td>{token.name}</td>
            <td>{token.account}</td>
            <td>
              <Time at={token.createdOn} />
            </td>
            <td className="actions">
              <Button
                kind="quiet"
                icon="trash"
                label={`${t.revoke}: ${token.name}`}
                onClick={() => setRevoking(token)}
              />
            </td>
          </tr>
        )}
      />
      {adding && (
        <Made
          title={t.newToken}
          make={(name) => call<{ token: string }>('POST', '/api/v1/tokens', { name })}
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
          onAct={() => call('DELETE', `/api/v1/tokens/${revoking.id}`).then(changed)}
        >
          {t.revokeTokenHint}
        </Confirm>
      )}
    </>
  );
}
