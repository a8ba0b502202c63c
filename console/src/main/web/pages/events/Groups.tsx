// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { call, path } from '../../api/client';
import type { Count } from '../../api/events';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Empty, Failure, Loading } from '../../parts/States';
import { ns } from '../../parts/time';
import { eventsWords, type GROUPS } from './words';

interface Props {
  by: (typeof GROUPS)[number];
  filter: string;
  fromMs: number;
  toMs: number | undefined;
  onChoose: (value: string) => void;
}

/** The values of one attribute with their counts, the most frequent first. */
export function Groups({ by, filter, fromMs, toMs, onChoose }: Props) {
  const t = useWords(eventsWords);
  const counts = useQuery({
    queryKey: ['groups', by, filter, fromMs, toMs],
    queryFn: ({ signal }) =>
      call<{ counts: Count[] }>(
        'GET',
        path('/api/v1/events/counts', {
          attribute: by,
          filter,
          from: ns(fromMs),
          to: toMs === undefined ? undefined : ns(toMs),
          limit: 1000,
        }),
        undefined,
        signal,
      ),
  });
  if (counts.isPending) return <Loading />;
  if (counts.isError) return <Failure error={counts.error} retry={() => void counts.refetch()} />;
  const groups = counts.data.counts;
  const most = Math.max(1, ...groups.map((group) => group.count));
  if (groups.length === 0) return <Empty title={t.none} />;
  return (
    <ul className="groups" aria-label={t[by]}>
      {groups.map((group) => (
        <li key={group.value}>
          <button type="button" onClick={() => onChoose(group.value)}>
            <span className="grow cut">
              <Machine max={100}>{group.value}</Machine>
            </span>
            <span className="group-bar">
              <span style={{ width: `${(group.count / most) * 100}%` }} />
            </span>
            <b>{group.count.toLocaleString()}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}
