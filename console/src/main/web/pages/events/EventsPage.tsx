// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { call, path } from '../../api/client';
import type { EventPage } from '../../api/types';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Severity } from '../../parts/Severity';
import { Empty, Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { ms } from '../../parts/time';
import { eventsWords } from './words';

export function EventsPage() {
  const t = useWords(eventsWords);
  const events = useQuery({
    queryKey: ['events'],
    queryFn: () => call<EventPage>('GET', path('/secure/events/v1/events', { limit: 200 })),
    refetchInterval: 3000,
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t.title}</h1>
      </div>
      {events.isPending ? (
        <Loading />
      ) : events.isError ? (
        <Failure error={events.error} retry={() => void events.refetch()} />
      ) : events.data.data.length === 0 ? (
        <Empty title={t.none} />
      ) : (
        <div className="list">
          <table>
            <tbody>
              {events.data.data.map((event) => (
                <tr key={event.id}>
                  <td>
                    <Severity severity={event.severity} />
                  </td>
                  <td>
                    <Time at={ms(event.timestamp)} />
                  </td>
                  <td>{event.content.ruleName}</td>
                  <td>
                    <Machine max={160}>{event.content.output}</Machine>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
