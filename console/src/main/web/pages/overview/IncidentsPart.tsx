// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call, path } from '../../api/client';
import type { Incident } from '../../api/events';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Severity } from '../../parts/Severity';
import { Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { ms } from '../../parts/time';
import { place } from '../incidents/place';
import { overviewWords } from './words';

const SHOWN = 6;
const ASKED = 50;

/** Open incidents, the worst first, then the latest. */
export function IncidentsPart() {
  const t = useWords(overviewWords);
  const incidents = useQuery({
    queryKey: ['incidents', 'overview'],
    queryFn: () =>
      call<{ data: Incident[]; page: { next?: string } }>(
        'GET',
        path('/api/v1/incidents', { status: 'open', limit: ASKED }),
      ),
    refetchInterval: 15_000,
  });
  const all = [...(incidents.data?.data ?? [])].sort(
    (a, b) => a.severity - b.severity || b.last - a.last,
  );
  const more = incidents.data?.page.next !== undefined;
  return (
    <section>
      <h2>
        <Link href="/incidents">{t.openIncidents}</Link>{' '}
        {incidents.data && <span className="dim">{more ? `${all.length}+` : all.length}</span>}
      </h2>
      {incidents.isPending ? (
        <Loading rows={3} />
      ) : incidents.isError ? (
        <Failure error={incidents.error} retry={() => void incidents.refetch()} />
      ) : all.length === 0 ? (
        <p className="dim">{t.noIncidents}</p>
      ) : (
        <ul className="lines">
          {all.slice(0, SHOWN).map((one) => (
            <li key={one.id}>
              <Severity severity={one.severity} />
              <span className="grow cut">
                <Link href={`/incidents/${one.id}`}>
                  <Machine max={60}>{one.title}</Machine>
                </Link>{' '}
                <span className="dim">
                  <Machine max={60}>{place(one)}</Machine>
                </span>
              </span>
              <span className="dim">
                ×{one.count.toLocaleString()} <Time at={ms(one.last)} relative />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
