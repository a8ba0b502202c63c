// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Execution } from '../api/responses';
import { useWords } from '../i18n/language';
import { responsesWords } from './words';

/** How far it is, or what came of it, in a word. */
export function Outcome({ of }: { of: Execution }) {
  const t = useWords(responsesWords);
  if (of.status === 'IN_PROGRESS') return <span className="badge calm">{t.running}</span>;
  const good = of.outcome === 'done' || (of.dryRun && of.outcome === 'monitored');
  const kind = of.outcome === '' || of.outcome === 'cancelled' ? 'calm' : good ? 'good' : 'bad';
  const allowed = of.dryRun && of.outcome === 'monitored';
  return <span className={`badge ${kind}`}>{allowed ? t.allowed : t.outcome(of.outcome)}</span>;
}
