// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call, path } from '../../api/client';
import type { Mute } from '../../api/events';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Machine } from '../../parts/Machine';
import { Time } from '../../parts/Time';
import { tellError } from '../../parts/Toast';
import { useMe } from '../../shell/me';
import { Listing } from './Listing';
import { settingsWords } from './words';

export function Mutes() {
  const t = useWords(settingsWords);
  const me = useMe();
  const queries = useQueryClient();
  const mutes = useQuery({
    queryKey: ['mutes'],
    queryFn: () => call<Mute[]>('GET', '/api/v1/mutes'),
  });
  const end = (mute: Mute) =>
    call('DELETE', `/api/v1/mutes/${mute.id}`).then(
      () => queries.invalidateQueries({ queryKey: ['mutes'] }),
      tellError,
    );
  return (
    <Listing
      intro={t.mutesIntro}
      query={mutes}
      heads={[t.filter, t.reason, t.account, t.ends, t.hiddenSoFar]}
      empty={t.noMutes}
      emptyHint={t.noMutesHint}
      row={(mute) => (
        <tr key={mute.id}>
          <td>
            <Machine max={160}>{mute.filter}</Machine>
          </td>
          <td>{mute.reason}</td>
          <td>{mute.createdBy}</td>
          <td className="nowrap">
            {mute.expiresOn ? <Time at={mute.expiresOn} relative /> : t.never}
          </td>
          <td>
            <Link href={path('/events', { filter: `muteId = ${mute.id}` })}>
              {mute.hidden.toLocaleString()}
            </Link>
          </td>
          <td className="actions">
            {me.may('analyst') && <Button onClick={() => void end(mute)}>{t.endMute}</Button>}
          </td>
        </tr>
      )}
    />
  );
}
