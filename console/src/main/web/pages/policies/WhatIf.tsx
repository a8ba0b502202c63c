// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Link } from 'wouter';
import { ApiError } from '../../api/client';
import { useTrial } from '../../api/trial';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Machine } from '../../parts/Machine';
import { Time } from '../../parts/Time';
import { ms } from '../../parts/time';
import { bodyOf, type Draft } from './draft';
import { policyWords } from './words';

interface Answer {
  judged: number;
  covered: number;
  exempt: number;
  unknown: number;
  actions: { name: string; count: number }[];
  places: { name: string; count: number }[];
  events: {
    id: string;
    answer: string;
    ruleName: string;
    place: string;
    process: string;
    timestamp: number;
  }[];
}

const SHOWN = 20;

/** Before Save: what the policy would have done to what was. */
export function WhatIf({ draft, ready }: { draft: Draft; ready: boolean }) {
  const t = useWords(policyWords);
  const { answer, error, busy, run } = useTrial<Answer>('/api/v1/what-if/policy', (e) => {
    const missing = e instanceof ApiError && e.status === 404;
    return missing ? t.whatIfNone : e instanceof Error ? e.message : String(e);
  });
  return (
    <section className="part stack">
      <div>
        <h2>{t.whatIf}</h2>
        <p className="hint">{t.whatIfHint}</p>
      </div>
      <div>
        <Button
          disabled={!ready}
          busy={busy}
          onClick={() => void run(() => ({ policy: bodyOf(draft) }))}
        >
          {t.whatIfRun}
        </Button>
      </div>
      {error && <p className="wrong">{error}</p>}
      {answer && (
        <div className="stack" role="status">
          <p>
            <strong>{t.whatIfSays(answer.judged, answer.covered, answer.exempt)}</strong>{' '}
            {answer.actions.map((one) => t.whatIfWould(one.name, one.count)).join(', ')}
          </p>
          {answer.unknown > 0 && <p className="hint">{t.whatIfUnknown(answer.unknown)}</p>}
          {answer.events.length > 0 && (
            <div className="list">
              <table>
                <tbody>
                  {answer.events.slice(0, SHOWN).map((event) => (
                    <tr key={event.id}>
                      <td>
                        <Time at={ms(event.timestamp)} />
                      </td>
                      <td>
                        <Link href={`/events/${event.id}`}>{event.ruleName}</Link>
                      </td>
                      <td>
                        <Machine>{event.place}</Machine>
                      </td>
                      <td>
                        <Machine>{event.process}</Machine>
                      </td>
                      <td>{event.answer}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
