// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { ApiError, call, path } from '../../api/client';
import type { Execution } from '../../api/types';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Machine } from '../../parts/Machine';
import { Empty, Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { target } from './target';
import { activityWords } from './words';

const BASE = '/secure/response-actions/v1alpha1/action-executions';

export function Responses() {
  const t = useWords(activityWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const [undoing, setUndoing] = useState<Execution>();
  const executions = useQuery({
    queryKey: ['executions'],
    queryFn: async () => {
      try {
        return (await call<{ data: Execution[] }>('GET', path(BASE, { limit: 200 }))).data;
      } catch (e) {
        if (e instanceof ApiError && e.status === 404) return null;
        throw e;
      }
    },
    refetchInterval: 5000,
  });
  if (executions.isPending) return <Loading />;
  if (executions.isError) {
    return <Failure error={executions.error} retry={() => void executions.refetch()} />;
  }
  if (executions.data === null) return <Empty title={t.notHere} />;
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
              <Row key={one.id} one={one} onUndo={() => setUndoing(one)} />
            ))}
          </tbody>
        </table>
      </div>
      {undoing && (
        <Confirm
          title={t.undoSure(actionName(t, undoing.actionType))}
          act={t.undo}
          onClose={() => setUndoing(undefined)}
          onAct={() =>
            call('DELETE', `${BASE}/${encodeURIComponent(undoing.id)}`).then(() =>
              queries.invalidateQueries({ queryKey: ['executions'] }),
            )
          }
        >
          <Machine>{target(undoing)}</Machine>
        </Confirm>
      )}
    </>
  );
}

type Words = ReturnType<typeof useWords<(typeof activityWords)['en']>>;

function actionName(t: Words, type: string): string {
  const name = (t as Record<string, unknown>)[`action_${type}`];
  return typeof name === 'string' ? name : type;
}

function Row({ one, onUndo }: { one: Execution; onUndo: () => void }) {
  const t = useWords(activityWords);
  const acquired = one.actionType === 'FILE_ACQUIRE' && one.status === 'COMPLETED' && !one.dryRun;
  return (
    <tr>
      <td className="when">
        <Time at={one.createdOn} />
      </td>
      <td>
        {actionName(t, one.actionType)}
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
          <a href={`${BASE}/${encodeURIComponent(one.id)}/acquired-file`} download>
            {t.file}
          </a>
        )}{' '}
        {one.undoneBy
          ? t.undone
          : one.isUndoable &&
            one.status === 'COMPLETED' && <Button onClick={onUndo}>{t.undo}</Button>}
      </td>
    </tr>
  );
}

function Outcome({ of }: { of: Execution }) {
  const t = useWords(activityWords);
  if (of.status === 'ENQUEUED') return <span className="badge calm">{t.waiting}</span>;
  if (of.status === 'IN_PROGRESS') return <span className="badge calm">{t.running}</span>;
  if (of.outcome === 'refused') return <span className="badge bad">{t.refused}</span>;
  return of.status === 'FAILED' ? (
    <span className="badge bad">{t.failed}</span>
  ) : (
    <span className="badge good">{t.done}</span>
  );
}
