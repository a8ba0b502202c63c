// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Link } from 'wouter';
import { is } from '../../events/filter';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Failure, Loading } from '../../parts/States';
import { feed, useCounts } from './counts';
import { overviewWords } from './words';

interface Props {
  attribute: 'ruleName' | 'container.name';
  title: string;
  fromMs: number;
  toMs: number;
}

const SHOWN = 6;

/** The most frequent values of the last day; a click shows their events. */
export function Top({ attribute, title, fromMs, toMs }: Props) {
  const t = useWords(overviewWords);
  const counts = useCounts({ attribute, fromMs, toMs, limit: SHOWN });
  const most = Math.max(1, ...(counts.data ?? []).map((one) => one.count));
  return (
    <section>
      <h2>{title}</h2>
      {counts.isPending ? (
        <Loading rows={3} />
      ) : counts.isError ? (
        <Failure error={counts.error} retry={() => void counts.refetch()} />
      ) : counts.data.length === 0 ? (
        <p className="dim">{t.nothing}</p>
      ) : (
        <ul className="top">
          {counts.data.map((one) => (
            <li key={one.value}>
              <Link href={feed(is(attribute, one.value))}>
                <span className="grow cut">
                  <Machine max={80}>{one.value}</Machine>
                </span>
                <span className="top-bar">
                  <span style={{ width: `${(one.count / most) * 100}%` }} />
                </span>
                <b>{one.count.toLocaleString()}</b>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
