// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Execution } from '../../api/responses';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Outcome } from '../../responses/Outcome';
import { respondWords } from './respond-words';

/** What the agent's guard, or the deed itself, came to. */
export function Told({ of }: { of: Execution | undefined }) {
  const t = useWords(respondWords);
  if (!of) return null;
  const touches = of.outputs?.['touches'];
  return (
    <dl className="facts">
      <dt>{of.dryRun ? t.guard : ''}</dt>
      <dd>
        <Outcome of={of} /> <Machine>{of.message || of.failure?.failureReason || ''}</Machine>
      </dd>
      {touches !== undefined && (
        <>
          <dt>{t.wouldTouch}</dt>
          <dd>
            <Machine>{String(touches)}</Machine>
          </dd>
        </>
      )}
    </dl>
  );
}
