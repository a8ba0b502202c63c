// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Link } from 'wouter';
import { isIn } from '../../events/filter';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { LEVEL_VALUES, LEVELS } from '../../parts/severity';
import { SeverityMark } from '../../parts/Severity';
import { Failure } from '../../parts/States';
import { feed, useCounts } from './counts';
import { byLevel, done } from './figures';
import { overviewWords } from './words';

interface Stretch {
  beforeMs: number;
  fromMs: number;
  toMs: number;
}

/** How many events of each severity there were, and how many the day before. */
export function Severities({ beforeMs, fromMs, toMs }: Stretch) {
  const t = useWords(overviewWords);
  const c = useWords(common);
  const today = useCounts({ attribute: 'severity', fromMs, toMs });
  const before = useCounts({ attribute: 'severity', fromMs: beforeMs, toMs: fromMs });
  if (today.isError) return <Failure error={today.error} retry={() => void today.refetch()} />;
  const now = today.data && byLevel(today.data);
  const then = before.data && byLevel(before.data);
  return (
    <ul className="figures" aria-label={t.bySeverity}>
      {LEVELS.map((of) => (
        <li key={of}>
          <Link href={feed(isIn('severity', LEVEL_VALUES[of]))}>
            <span className="row">
              <SeverityMark severity={LEVEL_VALUES[of][0] ?? 7} />
              {c[of]}
            </span>
            <Figure now={now?.[of]} then={then?.[of]} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

const DONE = ['prevented', 'killed', 'contained'] as const;

const ASKS: Record<(typeof DONE)[number] | 'failed', string> = {
  prevented: 'action in ("drift_prevented", "exec_prevented") and actionStatus = done',
  killed: 'action startsWith "process_" and actionStatus = done',
  contained: 'action startsWith "container_" and actionStatus = done',
  failed: 'actionStatus in ("failed", "refused")',
};

/** What was done about them; what failed stands beside it. */
export function Done({ beforeMs, fromMs, toMs }: Stretch) {
  const t = useWords(overviewWords);
  const filter = 'actionStatus = done';
  const today = useCounts({ attribute: 'action', fromMs, toMs, filter });
  const before = useCounts({ attribute: 'action', fromMs: beforeMs, toMs: fromMs, filter });
  const failed = useCounts({ attribute: 'actionStatus', fromMs, toMs, filter: ASKS.failed });
  if (today.isError) return <Failure error={today.error} retry={() => void today.refetch()} />;
  const now = today.data && done(today.data);
  const then = before.data && done(before.data);
  const failures = failed.data
    ?.filter(({ value }) => value === 'failed' || value === 'refused')
    .reduce((sum, { count }) => sum + count, 0);
  return (
    <ul className="figures" aria-label={t.done}>
      {DONE.map((of) => (
        <li key={of}>
          <Link href={feed(ASKS[of])}>
            <span>{t[of]}</span>
            <Figure now={now?.[of]} then={then?.[of]} />
          </Link>
        </li>
      ))}
      <li className={failures ? 'bad' : ''}>
        <Link href={feed(ASKS.failed)}>
          <span>{t.failed}</span>
          <Figure now={failures} />
        </Link>
      </li>
    </ul>
  );
}

function Figure({ now, then }: { now: number | undefined; then?: number | undefined }) {
  const t = useWords(overviewWords);
  return (
    <>
      <b>{now === undefined ? '…' : now.toLocaleString()}</b>
      <span className="dim">{then === undefined ? ' ' : t.dayBefore(then.toLocaleString())}</span>
    </>
  );
}
