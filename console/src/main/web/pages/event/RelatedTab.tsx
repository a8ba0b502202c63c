// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call, path } from '../../api/client';
import type { EventPage, SecureEvent } from '../../api/events';
import { EventRows } from '../../events/EventRows';
import { is } from '../../events/filter';
import { useWords } from '../../i18n/language';
import { Empty, Failure, Loading } from '../../parts/States';
import { ms, ns } from '../../parts/time';
import { eventWords } from './words';

const CONTAINER_MS = 7_200_000;
const HOST_MS = 3_600_000;

/** What else happened there: the incident where the collector tells one, else the container or host. */
export function RelatedTab({ event }: { event: SecureEvent }) {
  const t = useWords(eventWords);
  const at = ms(event.timestamp);
  const inContainer = event.containerId !== '';
  const around = inContainer ? CONTAINER_MS : HOST_MS;
  const filter = event.incidentId
    ? is('incidentId', event.incidentId)
    : inContainer
      ? is('containerId', event.containerId)
      : `${is('host.hostName', event.labels['host.hostName'] ?? '')} and not containerId exists`;
  const range = event.incidentId ? {} : { from: ns(at - around), to: ns(at + around) };
  const found = useQuery({
    queryKey: ['related', event.id, filter],
    queryFn: () =>
      call<EventPage>('GET', path('/secure/events/v1/events', { filter, limit: 100, ...range })),
  });
  if (found.isPending) return <Loading rows={4} />;
  if (found.isError) return <Failure error={found.error} retry={() => void found.refetch()} />;
  const others = found.data.data.filter((one) => one.id !== event.id);
  return (
    <div className="stack">
      <div className="row">
        <h3 className="grow">
          {event.incidentId ? t.incident : inContainer ? t.relatedContainer : t.relatedHost} (
          {found.data.page.total})
        </h3>
        <Link href={path('/events', { filter, from: at - around, to: at + around })}>
          {t.inFeed}
        </Link>
      </div>
      {others.length === 0 ? <Empty title={t.relatedNone} /> : <EventRows events={others} />}
    </div>
  );
}
