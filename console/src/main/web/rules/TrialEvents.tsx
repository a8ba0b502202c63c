// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Link } from 'wouter';
import { common } from '../i18n/common';
import { useWords } from '../i18n/language';
import { Machine } from '../parts/Machine';
import { Name } from '../parts/Name';
import { Table } from '../parts/Table';
import { Time } from '../parts/Time';
import { ms } from '../parts/time';
import { trialWords } from './trial-words';

/** An event of the past, and what a draft says of it. */
export interface TrialEvent {
  id: string;
  answer: string;
  ruleName: string;
  place: string;
  process: string;
  timestamp: number;
}

const SHOWN = 20;
const GOOD = new Set(['matched', 'covered']);

/** The first events that a trial has an answer for. */
export function TrialEvents({ events }: { events: TrialEvent[] }) {
  const t = useWords(trialWords);
  const c = useWords(common);
  if (events.length === 0) return null;
  const said: Record<string, string> = {
    matched: t.matched,
    'not matched': t.notMatched,
    covered: t.covered,
    exempt: t.exempt,
    unknown: t.unknown,
  };
  return (
    <Table
      rows={events.slice(0, SHOWN)}
      keyOf={(event) => event.id}
      columns={[
        { head: c.time, cell: (event) => <Time at={ms(event.timestamp)} /> },
        {
          head: c.rule,
          cell: (event) => (
            <Link href={`/events/${event.id}`}>
              <Name>{event.ruleName}</Name>
            </Link>
          ),
        },
        { head: t.place, cell: (event) => <Machine max={40}>{event.place}</Machine> },
        { head: t.process, cell: (event) => <Machine max={60}>{event.process}</Machine> },
        {
          head: t.answer,
          cell: ({ answer }) => (
            <span className={`badge ${GOOD.has(answer) ? 'good' : 'calm'}`}>
              {said[answer] ?? answer}
            </span>
          ),
        },
      ]}
    />
  );
}
