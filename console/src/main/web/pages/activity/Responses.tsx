// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Link } from 'wouter';
import type { Execution } from '../../api/responses';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Empty, Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { acquiredFile, useExecutions } from '../../responses/executions';
import { Outcome } from '../../responses/Outcome';
import { TakeBack } from '../../responses/TakeBack';
import { target } from '../../responses/target';
import { responsesWords } from '../../responses/words';
import { activityWords } from './words';

const MOST = 200;

export function Responses() {
  const t = useWords(activityWords);
  const c = useWords(common);
  const executions = useExecutions({ limit: MOST });
  if (executions.isPending) return <Loading />;
  if (executions.isError) {
    return <Failure error={executions.error} retry={() => void executions.refetch()} />;
  }
  if (executions.data.length === 0) {
    return (
      <Empty title={t.noResponses}>
        <p>{t.noResponsesHint}</p>
      </Empty>
    );
  }
  return (
    <>
      <p className="dim intro">{t.responsesIntro}</p>
      <div className="list">
        <table>
          <thead>
            <tr>
              <th>{c.time}</th>
              <th>{t.action}</th>
              <th>{t.target}</th>
              <th>{t.outcome}</th>
              <th>{t.account}</th>
              <th>
                <span className="unseen">{t.toDo}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {executions.data.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ one }: { one: Execution }) {
  const t = useWords(activityWords);
  const r = useWords(responsesWords);
  const acquired = one.actionType === 'FILE_ACQUIRE' && one.status === 'COMPLETED' && !one.dryRun;
  return (
    <tr>
      <td className="when">
        <Time at={one.createdOn} />
      </td>
      <td>
        {r.action(one.actionType)}
        {one.dryRun && ' '}
        {one.dryRun && <span className="badge calm">{t.dryRun}</span>}
        {one.undoOf && <div className="dim">{t.undoes}</div>}
      </td>
      <td>
        <Machine max={90}>{target(one)}</Machine>
        <div className="dim">
          <Machine max={60}>{one.hostName}</Machine>
        </div>
      </td>
      <td>
        <Outcome of={one} />
        {one.message && (
          <div className="dim">
            <Machine max={200}>{one.message}</Machine>
          </div>
        )}
      </td>
      <td>
        {one.account}
        {one.reason && <div className="dim">{one.reason}</div>}
      </td>
      <td className="actions">
        {one.eventId && <Link href={`/events/${one.eventId}`}>{t.event}</Link>}{' '}
        {acquired && (
          <a href={acquiredFile(one)} download>
            {t.file}
          </a>
        )}{' '}
        <TakeBack of={one} />
      </td>
    </tr>
  );
}
