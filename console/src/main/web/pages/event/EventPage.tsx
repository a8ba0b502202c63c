// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './event.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { ApiError, call } from '../../api/client';
import type { EventStatus, SecureEvent } from '../../api/events';
import { OutcomeBadges, StatusBadge } from '../../events/Badges';
import { SentenceText } from '../../events/SentenceText';
import { setStatus } from '../../events/state';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Icon } from '../../parts/Icon';
import { Machine } from '../../parts/Machine';
import { Name } from '../../parts/Name';
import { Severity } from '../../parts/Severity';
import { Empty, Failure, Loading } from '../../parts/States';
import { Tabs } from '../../parts/Tabs';
import { Time } from '../../parts/Time';
import { full, ms } from '../../parts/time';
import { tell, tellError } from '../../parts/Toast';
import { useLanguage } from '../../i18n/language';
import { useMe } from '../../shell/me';
import { FieldsTab } from './FieldsTab';
import { MuteDialog } from './MuteDialog';
import { NotesTab } from './NotesTab';
import { RawTab } from './RawTab';
import { RelatedTab } from './RelatedTab';
import { RespondTab } from './RespondTab';
import { fetchTree } from './tree/model';
import { ProcessTree } from './tree/ProcessTree';
import { TuneTab } from './TuneTab';
import { WhyTab } from './WhyTab';
import { eventWords } from './words';

const TABS = ['why', 'fields', 'related', 'respond', 'tune', 'notes', 'raw'] as const;
type Tab = (typeof TABS)[number];

export function EventPage({ params }: { params: { id: string } }) {
  const t = useWords(eventWords);
  const url = `/secure/events/v1/events/${encodeURIComponent(params.id)}`;
  const event = useQuery({
    queryKey: ['event', params.id],
    queryFn: () => call<SecureEvent>('GET', url),
    refetchInterval: 15_000,
  });
  const missing = event.error instanceof ApiError && event.error.status === 404;
  return (
    <div className="page event-page">
      <Link href="/events" className="back" onClick={(e) => back(e)}>
        <Icon name="left" size={14} /> {t.back}
      </Link>
      {event.isPending ? (
        <Loading />
      ) : missing ? (
        <Empty title={t.gone} />
      ) : event.isError && !event.data ? (
        <Failure error={event.error} retry={() => void event.refetch()} />
      ) : (
        event.data && <Whole key={params.id} event={event.data} />
      )}
    </div>
  );
}

/** Back to the very list one came from, where there is one. */
function back(e: React.MouseEvent) {
  if (window.history.length > 1 && document.referrer === '' && window.history.state !== null) {
    e.preventDefault();
    window.history.back();
  }
}

function Whole({ event }: { event: SecureEvent }) {
  const t = useWords(eventWords);
  const language = useLanguage();
  const search = useSearch();
  const [, go] = useLocation();
  const asked = new URLSearchParams(search).get('tab') as Tab;
  const tab = TABS.includes(asked) ? asked : 'why';
  const tree = useQuery({
    queryKey: ['tree', event.id],
    queryFn: async () => (await fetchTree(event)) ?? null,
  });
  return (
    <>
      <header className="event-head">
        <div className="row wrap">
          <Severity severity={event.severity} />
          <h1>
            <Name>{event.content.ruleName}</Name>
          </h1>
          <OutcomeBadges event={event} />
          <StatusBadge event={event} />
          <span className="grow" />
          <Buttons event={event} />
        </div>
        <p className="event-what">
          <SentenceText event={event} max={300} />
        </p>
        <div className="row wrap dim">
          <Time at={ms(event.timestamp)} relative />
          <span>·</span>
          <span>{full(ms(event.timestamp), language)}</span>
          <span>·</span>
          <Path event={event} />
        </div>
      </header>
      {tree.isPending ? (
        <Loading rows={3} />
      ) : tree.isError ? (
        <Failure error={tree.error} retry={() => void tree.refetch()} />
      ) : (
        tree.data && <ProcessTree tree={tree.data} event={event} />
      )}
      {/* Not before the tree is there: what one is about to click must not move. */}
      {!tree.isPending && (
        <Tabs
          label={t.details}
          tabs={TABS.map((key) => ({ key, label: t[key] }))}
          chosen={tab}
          onChoose={(key) =>
            go(`/events/${event.id}${key === 'why' ? '' : `?tab=${key}`}`, { replace: true })
          }
        >
          {tab === 'why' && <WhyTab event={event} />}
          {tab === 'fields' && <FieldsTab event={event} />}
          {tab === 'raw' && <RawTab id={event.id} />}
          {tab === 'related' && <RelatedTab event={event} />}
          {tab === 'respond' && <RespondTab event={event} />}
          {tab === 'tune' && <TuneTab event={event} />}
          {tab === 'notes' && <NotesTab event={event} />}
        </Tabs>
      )}
    </>
  );
}

/** host → pod → container → image. */
function Path({ event }: { event: SecureEvent }) {
  const t = useWords(eventWords);
  const steps = [
    [t.host, event.labels['host.hostName']],
    [t.pod, event.labels['kubernetes.pod.name']],
    [
      t.container,
      event.containerId === '' ? undefined : (event.labels['container.name'] ?? event.containerId),
    ],
    [t.image, event.containerId === '' ? undefined : imageOf(event)],
  ] as const;
  return (
    <span className="path">
      {steps
        .filter(([, value]) => value)
        .map(([name, value], at) => (
          <Fragment key={name}>
            {at > 0 && <span className="dim"> → </span>}
            <span title={name}>
              <Machine max={60}>{value}</Machine>
            </span>
          </Fragment>
        ))}
    </span>
  );
}

function imageOf(event: SecureEvent): string | undefined {
  const repo = event.labels['container.image.repo'];
  const tag = event.labels['container.image.tag'];
  return repo && tag ? `${repo}:${tag}` : repo;
}

function Buttons({ event }: { event: SecureEvent }) {
  const t = useWords(eventWords);
  const me = useMe();
  const queries = useQueryClient();
  const [muting, setMuting] = useState(false);
  const status = event.state?.status ?? 'open';
  const become = (to: EventStatus) => () =>
    setStatus(event.id, to).then((next) => {
      queries.setQueryData(['event', event.id], next);
      void queries.invalidateQueries({ queryKey: ['feed'] });
      tell(t.done);
    }, tellError);
  const may = me.may('analyst');
  const title = may ? undefined : t.needsAnalyst;
  return (
    <div className="row">
      {status === 'open' ? (
        <Button icon="check" disabled={!may} title={title} onClick={become('acknowledged')}>
          {t.acknowledge}
        </Button>
      ) : (
        <Button icon="undo" disabled={!may} title={title} onClick={become('open')}>
          {t.reopen}
        </Button>
      )}
      {status !== 'closed' && (
        <Button disabled={!may} title={title} onClick={become('closed')}>
          {t.close}
        </Button>
      )}
      <Button disabled={!may} title={title} onClick={() => setMuting(true)}>
        {t.mute}
      </Button>
      <Button
        kind="quiet"
        icon="link"
        label={t.copyLink}
        onClick={() =>
          void navigator.clipboard.writeText(window.location.href).then(() => tell(t.linkCopied))
        }
      />
      {muting && <MuteDialog event={event} onClose={() => setMuting(false)} />}
    </div>
  );
}
