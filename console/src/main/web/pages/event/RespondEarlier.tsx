// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call, path } from '../../api/client';
import type { SecureEvent } from '../../api/types';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Machine } from '../../parts/Machine';
import { Time } from '../../parts/Time';
import { tellError } from '../../parts/Toast';
import { BASE, type Execution } from './respond';
import { respondWords } from './respond-words';

/** What was done to what the event tells of, and the way back. */
export function Earlier({ event }: { event: SecureEvent }) {
  const t = useWords(respondWords);
  const queries = useQueryClient();
  const earlier = useQuery({
    queryKey: ['executions', event.id],
    queryFn: () =>
      call<{ data: Execution[] }>(
        'GET',
        path(`${BASE}/action-executions`, { eventId: event.id, limit: 50 }),
      ),
    refetchInterval: 5000,
    retry: false,
  });
  const all = (earlier.data?.data ?? []).filter((one) => !one.dryRun);
  if (all.length === 0) return null;
  const undo = (one: Execution) =>
    call('DELETE', `${BASE}/action-executions/${one.id}`).then(
      () => queries.invalidateQueries({ queryKey: ['executions', event.id] }),
      tellError,
    );
  return (
    <section>
      <h3>{t.earlier}</h3>
      <div className="list">
        <table>
          <tbody>
            {all.map((one) => (
              <tr key={one.id}>
                <td>
                  <Time at={one.createdOn} />
                </td>
                <td>
                  {t.action(one.actionType)} <span className="dim">{one.account}</span>
                  <div className="dim">{one.reason}</div>
                </td>
                <td>
                  <span
                    className={`badge ${one.outcome === 'done' ? 'good' : one.outcome ? 'bad' : ''}`}
                  >
                    {t.outcome(one.outcome)}
                  </span>{' '}
                  <Machine>{one.message}</Machine>
                </td>
                <td className="number">
                  {one.actionType === 'FILE_ACQUIRE' && one.outcome === 'done' && (
                    <a href={`${BASE}/action-executions/${one.id}/acquired-file`} download>
                      {t.download}
                    </a>
                  )}
                  {one.undoneBy ? (
                    <span className="dim">{t.undone}</span>
                  ) : (
                    one.isUndoable &&
                    one.outcome === 'done' && (
                      <Button onClick={() => void undo(one)}>{t.undo}</Button>
                    )
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
