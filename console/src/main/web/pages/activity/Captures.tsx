// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { call, path } from '../../api/client';
import type { EventPage } from '../../api/events';
import { EXECUTIONS } from '../../api/responses';
import { useWords } from '../../i18n/language';
import { bytes } from '../../parts/bytes';
import { Button } from '../../parts/Button';
import { Machine } from '../../parts/Machine';
import { Empty, Failure, Loading } from '../../parts/States';
import { ns } from '../../parts/time';
import { Time } from '../../parts/Time';
import { tellError } from '../../parts/Toast';
import { acquiredFile, useExecutions, useExecutionsChanged } from '../../responses/executions';
import { TakeBack } from '../../responses/TakeBack';
import { responsesWords } from '../../responses/words';
import { captured, fileName, stage, TAKEN, type Captured } from './captured';
import { activityWords } from './words';
import { Name } from '../../parts/Name';

const MONTH_MS = 30 * 86_400_000;
const EVENTS = 500;
const MOST = 1000;

/** A file may still be written for a while after its event. */
const SETTLES_MS = 60_000;

/** What policies had agents record: to be had from there, and then from here. */
export function Captures() {
  const t = useWords(activityWords);
  const [fromMs] = useState(() => Date.now() - MONTH_MS);
  const events = useQuery({
    queryKey: ['captures', fromMs],
    queryFn: () =>
      call<EventPage>(
        'GET',
        path('/secure/events/v1/events', {
          filter: `action = ${TAKEN}`,
          from: ns(fromMs),
          limit: EVENTS,
        }),
      ),
    refetchInterval: 10_000,
  });
  const executions = useExecutions({ limit: MOST });
  if (events.isPending || executions.isPending) return <Loading />;
  const failed = events.isError ? events : executions.isError ? executions : undefined;
  if (failed) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  const all = captured(events.data?.data ?? [], executions.data ?? []);
  if (all.length === 0) {
    return (
      <Empty title={t.noCaptures}>
        <p>{t.noCapturesHint}</p>
      </Empty>
    );
  }
  return (
    <>
      <p className="dim intro">{t.capturesIntro}</p>
      <div className="list">
        <table>
          <thead>
            <tr>
              <th>{t.taken}</th>
              <th>{t.file}</th>
              <th>{t.target}</th>
              <th>{t.state}</th>
              <th>
                <span className="unseen">{t.toDo}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <Row key={one.key} of={one} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ of }: { of: Captured }) {
  return (
    <tr>
      <td className="when">
        <Time at={of.atMs} />
        <div>
          <Link href={`/events/${of.event.id}`}>
            <Name>{of.event.content.ruleName}</Name>
          </Link>
          {of.events > 1 && <span className="dim"> +{of.events - 1}</span>}
        </div>
      </td>
      <td>
        <Machine max={80}>{fileName(of.path)}</Machine>
        {of.fetch?.outputs?.['sha256'] && (
          <div className="dim">
            SHA-256 <Machine max={24}>{of.fetch.outputs['sha256']}</Machine>
          </div>
        )}
      </td>
      <td>
        <Machine max={60}>{of.place}</Machine>
        <div className="dim">
          <Machine max={60}>{of.host}</Machine>
        </div>
      </td>
      <td>
        <State of={of} />
      </td>
      <td className="actions">
        <Acts of={of} />
      </td>
    </tr>
  );
}

function State({ of }: { of: Captured }) {
  const t = useWords(activityWords);
  const now = stage(of, Date.now());
  const size = Number(of.fetch?.outputs?.['bytes'] ?? NaN);
  switch (now) {
    case 'here':
      return (
        <>
          <span className="badge good">{t.here}</span>{' '}
          <span className="dim">{bytes(of.fetch?.fileBytes ?? 0)}</span>
        </>
      );
    case 'kept':
      return (
        <>
          <span className="badge calm">{t.tooLarge}</span>{' '}
          <span className="dim">{Number.isNaN(size) ? '' : bytes(size)}</span>
          <div className="dim">
            <Machine max={120}>{of.fetch?.outputs?.['kept_as'] ?? ''}</Machine>
          </div>
        </>
      );
    case 'failed':
      return (
        <>
          <span className="badge bad">{t.failed}</span>
          <div className="dim">
            <Machine max={200}>{of.fetch?.message ?? ''}</Machine>
          </div>
        </>
      );
    case 'asked':
      return <span className="badge calm">{t.waiting}</span>;
    case 'coming':
      return <span className="badge calm">{t.coming}</span>;
    case 'there':
      return Date.now() - of.atMs < SETTLES_MS ? (
        <span className="dim">{t.stillWritten}</span>
      ) : (
        <span className="dim">{t.onAgent}</span>
      );
  }
}

function Acts({ of }: { of: Captured }) {
  const t = useWords(activityWords);
  const r = useWords(responsesWords);
  const changed = useExecutionsChanged();
  const [busy, setBusy] = useState(false);
  const now = stage(of, Date.now());
  const fetchIt = () => {
    setBusy(true);
    call('POST', EXECUTIONS, {
      actionType: 'FILE_ACQUIRE',
      parameters: { 'host.id': of.agentId, 'path.absolute': of.path },
      reason: 'capture',
      eventId: of.event.id,
    })
      .then(changed, tellError)
      .finally(() => setBusy(false));
  };
  if (now === 'here' && of.fetch) {
    return (
      <>
        <a className="button plain" href={acquiredFile(of.fetch)} download={fileName(of.path)}>
          {r.download}
        </a>{' '}
        <Button kind="quiet" icon="undo" label={t.fetchAgain} busy={busy} onClick={fetchIt} />
      </>
    );
  }
  if (now === 'asked' && of.fetch) return <TakeBack of={of.fetch} />;
  if (now === 'coming') return null;
  return (
    <Button busy={busy} onClick={fetchIt}>
      {now === 'there' ? t.fetch : t.fetchAgain}
    </Button>
  );
}
