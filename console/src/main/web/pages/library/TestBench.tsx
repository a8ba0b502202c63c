// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useTrial } from '../../api/trial';
import { useWords, words } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Machine } from '../../parts/Machine';
import { faults } from '../../rules/faults';
import { TrialEvents, type TrialEvent } from '../../rules/TrialEvents';

interface Answer {
  judged: number;
  matched: number;
  notMatched: number;
  unknown: number;
  missingFields?: string[];
  events: TrialEvent[];
}

const benchWords = words(
  {
    title: 'Test bench',
    hint: 'Runs the rule as it stands here over the events of the last 24 hours; nothing is saved.',
    run: 'Try on the last 24 hours',
    says: (judged: number, matched: number, not: number) =>
      `Of ${judged} events it matches ${matched}; ${not} of its own it would match no more.`,
    unknown: (n: number) =>
      `Of ${n} it cannot be told: they match as far as they tell, and lack a field that it asks for.`,
    missing: 'Missing fields',
  },
  {
    title: 'テストベンチ',
    hint: '過去 24 時間のイベントに対してこの内容でルールを実行します。保存はされません。',
    run: '過去 24 時間で試す',
    says: (judged: number, matched: number, not: number) =>
      `${judged} 件のうち ${matched} 件に一致。このルールのイベントのうち ${not} 件は一致しなくなります。`,
    unknown: (n: number) =>
      `${n} 件は分かる範囲で一致しますが、必要なフィールドがなく判定できません。`,
    missing: '不足しているフィールド',
  },
);

/** A rule that is being written, tried on what was. */
export function TestBench({ rule, ready }: { rule: unknown; ready: boolean }) {
  const t = useWords(benchWords);
  const { answer, error, busy, run } = useTrial<Answer>('/api/v1/what-if/rule', (e) =>
    faults((e as Error).message),
  );
  return (
    <section className="part stack">
      <div>
        <h2>{t.title}</h2>
        <p className="hint">{t.hint}</p>
      </div>
      <div>
        <Button disabled={!ready} busy={busy} onClick={() => void run(() => ({ rule }))}>
          {t.run}
        </Button>
      </div>
      {error && <pre className="wrong machine">{error}</pre>}
      {answer && (
        <div className="stack" role="status">
          <p>
            <strong>{t.says(answer.judged, answer.matched, answer.notMatched)}</strong>{' '}
            {answer.unknown > 0 && t.unknown(answer.unknown)}
          </p>
          {(answer.missingFields ?? []).length > 0 && (
            <p className="hint">
              {t.missing}: <Machine>{(answer.missingFields ?? []).join(', ')}</Machine>
            </p>
          )}
          <TrialEvents events={answer.events.filter((event) => event.answer !== 'unknown')} />
        </div>
      )}
    </section>
  );
}
