// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client';
import type { AgentTrends, Quantity } from '../../api/agents';
import { useWords } from '../../i18n/language';
import { Spark } from '../../parts/Spark';
import { Failure, Loading } from '../../parts/States';
import { line } from './trends';
import { agentsWords } from './words';

const EVERY_MS = 30_000;
const SHOWN: Quantity[] = ['lost', 'dropped', 'misses', 'waiting', 'events', 'alerts', 'heap'];
const BAD: readonly Quantity[] = ['lost', 'dropped', 'misses'];

/** What the agent counted in the last day; what may not be stands first. */
export function Trends({ id }: { id: string }) {
  const t = useWords(agentsWords);
  const trends = useQuery({
    queryKey: ['agents', id, 'trends'],
    queryFn: () => call<AgentTrends>('GET', `/api/v1/agents/${encodeURIComponent(id)}/trends`),
    refetchInterval: EVERY_MS,
  });
  return (
    <section className="part">
      <h2>{t.lastDay}</h2>
      <p className="dim">{t.lastDayHint}</p>
      {trends.isPending ? (
        <Loading rows={2} />
      ) : trends.isError ? (
        <Failure error={trends.error} retry={() => void trends.refetch()} />
      ) : (
        <ul className="trends">
          {SHOWN.map((quantity) => (
            <Trend key={quantity} of={trends.data} quantity={quantity} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Trend({ of, quantity }: { of: AgentTrends; quantity: Quantity }) {
  const t = useWords(agentsWords);
  const { values, fromMs, stepMs, total } = line(of, quantity);
  const format = (value: number) =>
    quantity === 'heap' ? `${value.toLocaleString()} MiB` : value.toLocaleString();
  const bad = BAD.includes(quantity) && total > 0;
  const level = quantity === 'heap' || quantity === 'waiting';
  const summary = level ? t.atMost(format(total)) : format(total);
  return (
    <li>
      <div className="row">
        <span className="grow" title={t[`${quantity}Hint`]}>
          {t[`${quantity}Name`]}
        </span>
        <b className={bad ? 'bad-number' : ''}>{summary}</b>
      </div>
      <Spark
        label={t[`${quantity}Name`]}
        summary={summary}
        values={values}
        fromMs={fromMs}
        stepMs={stepMs}
        format={format}
        nothing={t.toldNothing}
        bad={bad}
      />
    </li>
  );
}
