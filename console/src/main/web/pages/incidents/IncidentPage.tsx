// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './incidents.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { call, path } from '../../api/client';
import type { EventPage, EventStatus, Incident } from '../../api/events';
import { EventRows } from '../../events/EventRows';
import { is } from '../../events/filter';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextArea } from '../../parts/Field';
import { Machine } from '../../parts/Machine';
import { Severity } from '../../parts/Severity';
import { Sheet } from '../../parts/Sheet';
import { Empty, Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { ms } from '../../parts/time';
import { tell, tellError } from '../../parts/Toast';
import { useMe } from '../../shell/me';
import { place } from './place';
import { incidentWords } from './words';

const SHOWN = 100;

export function IncidentPage({ params }: { params: { id: string } }) {
  const t = useWords(incidentWords);
  const url = `/api/v1/incidents/${encodeURIComponent(params.id)}`;
  const incident = useQuery({
    queryKey: ['incidents', 'one', params.id],
    queryFn: () => call<Incident>('GET', url),
    refetchInterval: 10_000,
  });
  const filter = is('incidentId', params.id);
  const events = useQuery({
    queryKey: ['incident-events', params.id],
    queryFn: () =>
      call<EventPage>('GET', path('/secure/events/v1/events', { filter, limit: SHOWN })),
    refetchInterval: 10_000,
  });
  if (incident.isPending) return <Loading />;
  if (incident.isError) {
    return <Failure error={incident.error} retry={() => void incident.refetch()} />;
  }
  const of = incident.data;
  return (
    <div className="page incidents">
      <header className="page-head">
        <div className="grow">
          <p>
            <Link href="/incidents">{t.title}</Link>
          </p>
          <h1 className="row">
            <Severity severity={of.severity} />
            <Machine max={80} bold>
              {of.title}
            </Machine>
          </h1>
        </div>
        <StatusButtons of={of} url={url} />
      </header>
      <Facts of={of} />
      <section className="part">
        <div className="row incident-head">
          <h2 className="grow">{t.latest}</h2>
          {events.data && events.data.page.total > events.data.data.length && (
            <span className="dim">
              {t.onlyLatest(events.data.data.length, events.data.page.total)}
            </span>
          )}
          <Link
            href={path('/events', { filter, from: ms(of.first) - 1000, to: ms(of.last) + 1000 })}
          >
            {t.inFeed}
          </Link>
        </div>
        {events.isPending ? (
          <Loading rows={4} />
        ) : events.isError ? (
          <Failure error={events.error} retry={() => void events.refetch()} />
        ) : events.data.data.length === 0 ? (
          <Empty title={t.noEvents} />
        ) : (
          <EventRows events={events.data.data} />
        )}
      </section>
    </div>
  );
}

function Facts({ of }: { of: Incident }) {
  const t = useWords(incidentWords);
  return (
    <section className="part">
      <dl className="incident-facts">
        <div>
          <dt>{t.status}</dt>
          <dd>{t[`status_${of.status}`]}</dd>
        </div>
        <div>
          <dt>{t.what}</dt>
          <dd>
            {t[of.kind]} <Machine max={100}>{place(of)}</Machine>
          </dd>
        </div>
        <div>
          <dt>{t.from}</dt>
          <dd>
            <Time at={ms(of.first)} />
          </dd>
        </div>
        <div>
          <dt>{t.last}</dt>
          <dd>
            <Time at={ms(of.last)} />
          </dd>
        </div>
        <div>
          <dt>{t.count}</dt>
          <dd>{of.count.toLocaleString()}</dd>
        </div>
        <div>
          <dt>{t.rules}</dt>
          <dd>
            {of.rules.map((rule) => (
              <div key={rule.name}>
                {rule.name} <span className="dim">×{rule.count}</span>
              </div>
            ))}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function StatusButtons({ of, url }: { of: Incident; url: string }) {
  const t = useWords(incidentWords);
  const me = useMe();
  const queries = useQueryClient();
  const [closing, setClosing] = useState(false);
  if (!me.may('analyst')) return null;
  const set = async (status: EventStatus, reason = '') => {
    const done = await call<{ changed: number }>('PUT', `${url}/state`, { status, reason });
    tell(t.changed(done.changed));
    await Promise.all(
      ['incidents', 'incident-events'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
  };
  return (
    <>
      {of.status === 'open' && (
        <Button onClick={() => void set('acknowledged').catch(tellError)}>{t.acknowledge}</Button>
      )}
      {of.status === 'closed' ? (
        <Button onClick={() => void set('open').catch(tellError)}>{t.reopen}</Button>
      ) : (
        <Button kind="primary" onClick={() => setClosing(true)}>
          {t.close}
        </Button>
      )}
      {closing && (
        <Closing onClose={() => setClosing(false)} onDo={(reason) => set('closed', reason)} />
      )}
    </>
  );
}

interface ClosingProps {
  onClose: () => void;
  onDo: (reason: string) => Promise<void>;
}

function Closing({ onClose, onDo }: ClosingProps) {
  const t = useWords(incidentWords);
  const c = useWords(common);
  const [reason, setReason] = useState('');
  return (
    <Sheet
      kind="dialog"
      title={t.close}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="primary" onClick={() => void onDo(reason).then(onClose, tellError)}>
            {t.close}
          </Button>
        </>
      }
    >
      <TextArea
        label={t.reason}
        hint={t.reasonHint}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
    </Sheet>
  );
}
