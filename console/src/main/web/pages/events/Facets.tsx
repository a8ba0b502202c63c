// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { call, path } from '../../api/client';
import type { Count } from '../../api/events';
import { clauses, is, isIn, isNot, joined, withClause } from '../../events/filter';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Icon } from '../../parts/Icon';
import { Machine } from '../../parts/Machine';
import { level, LEVEL_VALUES, LEVELS } from '../../parts/severity';
import { SeverityMark } from '../../parts/Severity';
import { ns } from '../../parts/time';
import { eventsWords, FACETS } from './words';

interface Props {
  filter: string;
  fromMs: number;
  toMs: number | undefined;
  live: boolean;
  onFilter: (filter: string) => void;
}

const SHOWN = 5;
const ASKED = 30;

function useCounts(attribute: string, { filter, fromMs, toMs, live }: Props) {
  return useQuery({
    queryKey: ['counts', attribute, filter, fromMs, toMs],
    queryFn: ({ signal }) =>
      call<{ counts: Count[] }>(
        'GET',
        path('/api/v1/events/counts', {
          attribute,
          filter,
          from: ns(fromMs),
          to: toMs === undefined ? undefined : ns(toMs),
          limit: ASKED,
        }),
        undefined,
        signal,
      ),
    refetchInterval: live ? 20_000 : false,
    placeholderData: (old) => old,
    retry: false,
  });
}

/** What the events of the moment have, with how many of each; a click narrows down. */
export const Facets = memo(function Facets(props: Props) {
  const t = useWords(eventsWords);
  return (
    <nav className="facets" aria-label={t.facets}>
      <SeverityFacet {...props} />
      {FACETS.map((attribute) => (
        <Facet key={attribute} attribute={attribute} {...props} />
      ))}
    </nav>
  );
});

function SeverityFacet(props: Props) {
  const t = useWords(eventsWords);
  const c = useWords(common);
  const counts = useCounts('severity', props).data?.counts ?? [];
  return (
    <section>
      <h2>{t.severity}</h2>
      <ul>
        {LEVELS.map((of) => {
          const n = counts
            .filter((one) => level(Number(one.value)) === of)
            .reduce((sum, one) => sum + one.count, 0);
          const clause = isIn('severity', LEVEL_VALUES[of]);
          const on = clauses(props.filter).includes(clause);
          return (
            <li key={of}>
              <button
                type="button"
                className="facet"
                aria-pressed={on}
                onClick={() => {
                  const rest = clauses(props.filter).filter(
                    (part) => !part.startsWith('severity in '),
                  );
                  props.onFilter(joined(on ? rest : [...rest, clause]));
                }}
              >
                <SeverityMark severity={LEVEL_VALUES[of][0] ?? 7} />
                <span className="grow">{c[of]}</span>
                <span className="dim">{n.toLocaleString()}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Facet({ attribute, ...props }: Props & { attribute: (typeof FACETS)[number] }) {
  const t = useWords(eventsWords);
  const [all, setAll] = useState(false);
  const found = useCounts(attribute, props);
  const counts = found.data?.counts ?? [];
  if (counts.length === 0) return null;
  const shown = all ? counts : counts.slice(0, SHOWN);
  return (
    <section>
      <h2>{t[attribute]}</h2>
      <ul>
        {shown.map((one) => {
          const clause = is(attribute, one.value);
          const on = clauses(props.filter).includes(clause);
          return (
            <li key={one.value} className="row facet-row">
              <button
                type="button"
                className="facet grow"
                aria-pressed={on}
                onClick={() =>
                  props.onFilter(
                    on
                      ? joined(clauses(props.filter).filter((part) => part !== clause))
                      : withClause(props.filter, clause),
                  )
                }
              >
                <span className="grow cut">
                  <Machine max={40}>{one.value}</Machine>
                </span>
                <span className="dim">{one.count.toLocaleString()}</span>
              </button>
              <button
                type="button"
                className="facet-not"
                aria-label={isNot(attribute, one.value)}
                title={isNot(attribute, one.value)}
                onClick={() =>
                  props.onFilter(withClause(props.filter, isNot(attribute, one.value)))
                }
              >
                <Icon name="minus" size={12} />
              </button>
            </li>
          );
        })}
      </ul>
      {counts.length > SHOWN && !all && (
        <button type="button" className="facet-more" onClick={() => setAll(true)}>
          {t.more} ({counts.length - SHOWN}
          {counts.length === ASKED ? '+' : ''})
        </button>
      )}
    </section>
  );
}
