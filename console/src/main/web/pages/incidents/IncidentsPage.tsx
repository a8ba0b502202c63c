// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './incidents.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { ApiError, call, path } from '../../api/client';
import type { Incident } from '../../api/events';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Machine } from '../../parts/Machine';
import { Severity } from '../../parts/Severity';
import { Empty, Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { ms } from '../../parts/time';
import { place } from './place';
import { incidentWords } from './words';

interface Page {
  data: Incident[];
  page: { next?: string };
}

const PAGE = 50;
const RULES = 3;

export function IncidentsPage() {
  const t = useWords(incidentWords);
  const [status, setStatus] = useState<'open' | ''>('open');
  const incidents = useInfiniteQuery({
    queryKey: ['incidents', status],
    queryFn: ({ pageParam }) =>
      call<Page>('GET', path('/api/v1/incidents', { status, limit: PAGE, cursor: pageParam })),
    initialPageParam: '',
    getNextPageParam: (page) => page.page.next ?? undefined,
    refetchInterval: 10_000,
  });
  const absent = incidents.error instanceof ApiError && incidents.error.status === 404;
  const all = incidents.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <div className="page incidents">
      <header className="page-head">
        <div className="grow">
          <h1>{t.title}</h1>
          <p>{t.intro}</p>
        </div>
      </header>
      <div className="row choices">
        {(['open', ''] as const).map((one) => (
          <Button
            key={one}
            kind="quiet"
            aria-pressed={status === one}
            onClick={() => setStatus(one)}
          >
            {one === 'open' ? t.open : t.all}
          </Button>
        ))}
      </div>
      {absent ? (
        <Empty title={t.notHere} />
      ) : incidents.isPending ? (
        <Loading />
      ) : incidents.isError ? (
        <Failure error={incidents.error} retry={() => void incidents.refetch()} />
      ) : all.length === 0 ? (
        <Empty title={t.none}>
          <p>{t.noneHint}</p>
        </Empty>
      ) : (
        <Table incidents={all} />
      )}
      {incidents.hasNextPage && (
        <div className="more">
          <Button
            busy={incidents.isFetchingNextPage}
            onClick={() => void incidents.fetchNextPage()}
          >
            {t.older}
          </Button>
        </div>
      )}
    </div>
  );
}

function Table({ incidents }: { incidents: Incident[] }) {
  const t = useWords(incidentWords);
  return (
    <div className="list">
      <table>
        <thead>
          <tr>
            <th>
              <span className="unseen">{t.status}</span>
            </th>
            <th>{t.what}</th>
            <th>{t.rules}</th>
            <th className="number">{t.count}</th>
            <th>{t.last}</th>
            <th>{t.status}</th>
          </tr>
        </thead>
        <tbody>
          {incidents.map((incident) => (
            <tr key={incident.id}>
              <td>
                <Severity severity={incident.severity} />
              </td>
              <td>
                <Link href={`/incidents/${incident.id}`}>
                  <Machine max={60}>{incident.title}</Machine>
                </Link>
                <div className="dim">
                  <Machine max={80}>{place(incident)}</Machine>
                </div>
              </td>
              <td>
                {incident.rules.slice(0, RULES).map((rule) => (
                  <div key={rule.name}>
                    {rule.name} <span className="dim">×{rule.count}</span>
                  </div>
                ))}
                {incident.rules.length > RULES && (
                  <div className="dim">{t.more(incident.rules.length - RULES)}</div>
                )}
              </td>
              <td className="number">{incident.count.toLocaleString()}</td>
              <td className="when">
                <Time at={ms(incident.last)} relative />
              </td>
              <td className="when">{t[`status_${incident.status}`]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
