// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { ApiError } from '../../api/client';
import { useTrial } from '../../api/trial';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TrialEvents, type TrialEvent } from '../../rules/TrialEvents';
import { policyWords } from './words';

interface Answer {
  judged: number;
  covered: number;
  exempt: number;
  unknown: number;
  actions: { name: string; count: number }[];
  places: { name: string; count: number }[];
  events: TrialEvent[];
}

/** Before Save: what the policy would have done to what was. */
export function WhatIf({ policy, ready }: { policy: object; ready: boolean }) {
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
        <Button disabled={!ready} busy={busy} onClick={() => void run(() => ({ policy }))}>
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
          <TrialEvents events={answer.events} />
        </div>
      )}
    </section>
  );
}
