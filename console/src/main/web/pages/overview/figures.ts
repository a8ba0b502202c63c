// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Agent } from '../../api/agents';
import type { Count } from '../../api/events';
import { level, type Level } from '../../parts/severity';

export const DAY_MS = 86_400_000;

/** Two days that end at a time, cut to the minute so that a look at it again asks the same. */
export function days(nowMs: number): { beforeMs: number; fromMs: number; toMs: number } {
  const toMs = Math.ceil(nowMs / 60_000) * 60_000;
  return { beforeMs: toMs - 2 * DAY_MS, fromMs: toMs - DAY_MS, toMs };
}

export function byLevel(counts: Count[]): Record<Level, number> {
  const sums: Record<Level, number> = { high: 0, medium: 0, low: 0, info: 0 };
  for (const { value, count } of counts) sums[level(Number(value))] += count;
  return sums;
}

export interface Done {
  killed: number;
  prevented: number;
  contained: number;
}

/** What was done, by the names that actions have in the API. */
export function done(counts: Count[]): Done {
  const sum = (of: (action: string) => boolean) =>
    counts.filter(({ value }) => of(value)).reduce((all, { count }) => all + count, 0);
  return {
    killed: sum((action) => action.startsWith('process_')),
    prevented: sum((action) => action.endsWith('_prevented')),
    contained: sum((action) => action.startsWith('container_')),
  };
}

export type Ill = 'silent' | 'refuses' | 'problems' | 'loses';

/** What is wrong with an agent, the worst first; undefined when nothing is. */
export function ill(agent: Agent): Ill | undefined {
  if (agent.status === 'revoked') return undefined;
  if (agent.status === 'silent') return 'silent';
  if (agent.bundleRefused !== '') return 'refuses';
  if ((agent.diagnosis?.problems ?? 0) > 0) return 'problems';
  return lostToday(agent) > 0 ? 'loses' : undefined;
}

export function lostToday(agent: Agent): number {
  return (agent.lastDay?.lost ?? 0) + (agent.lastDay?.dropped ?? 0);
}

const WORST: Ill[] = ['silent', 'refuses', 'problems', 'loses'];

export function unwell(agents: Agent[]): { agent: Agent; why: Ill }[] {
  return agents
    .flatMap((agent) => {
      const why = ill(agent);
      return why ? [{ agent, why }] : [];
    })
    .sort(
      (a, b) =>
        WORST.indexOf(a.why) - WORST.indexOf(b.why) ||
        lostToday(b.agent) - lostToday(a.agent) ||
        a.agent.hostname.localeCompare(b.agent.hostname),
    );
}
