// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { SecureEvent } from '../../api/events';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Time } from '../../parts/Time';
import { acquiredFile, useExecutions } from '../../responses/executions';
import { Outcome } from '../../responses/Outcome';
import { TakeBack } from '../../responses/TakeBack';
import { responsesWords } from '../../responses/words';
import { respondWords } from './respond-words';

const MOST = 50;

/** What was done to what the event tells of, and the way back. */
export function Earlier({ event }: { event: SecureEvent }) {
  const t = useWords(respondWords);
  const r = useWords(responsesWords);
  const earlier = useExecutions({ eventId: event.id, limit: MOST });
  const all = (earlier.data ?? []).filter((one) => !one.dryRun);
  if (all.length === 0) return null;
  return (
    <section>
      <h3>{t.earlier}</h3>
      <div className="list">
        <table>
          <tbody>
            {all.map((one) => (
              <tr key={one.id}>
                <td className="when">
                  <Time at={one.createdOn} />
                </td>
                <td>
                  {r.action(one.actionType)} <span className="dim">{one.account}</span>
                  <div className="dim">{one.reason}</div>
                </td>
                <td>
                  <Outcome of={one} /> <Machine>{one.message}</Machine>
                </td>
                <td className="actions">
                  {one.actionType === 'FILE_ACQUIRE' && one.outcome === 'done' && (
                    <a href={acquiredFile(one)} download>
                      {r.download}
                    </a>
                  )}{' '}
                  <TakeBack of={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
