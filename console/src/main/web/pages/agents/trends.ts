// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { AgentTrends, Quantity } from '../../api/agents';

/** Those that are how much there was, not how much came. */
const LEVELS: readonly Quantity[] = ['waiting', 'heap'];

/** Several steps as one: what came is added up, of what there was the most counts. */
export function joined(values: (number | null)[], together: number, sums: boolean) {
  const steps: (number | null)[] = [];
  for (let at = 0; at < values.length; at += together) {
    const known = values.slice(at, at + together).filter((value) => value !== null);
    if (known.length === 0) steps.push(null);
    else if (sums) steps.push(known.reduce((sum, value) => sum + value, 0));
    else steps.push(Math.max(...known));
  }
  return steps;
}

export interface Line {
  values: (number | null)[];
  fromMs: number;
  stepMs: number;
  /** What came in all, or the most there was. */
  total: number;
}

const TOGETHER = 3;

/** One quantity as the page draws it: a bar a quarter of an hour. */
export function line(trends: AgentTrends, quantity: Quantity): Line {
  const sums = !LEVELS.includes(quantity);
  const values = joined(trends.values[quantity] ?? [], TOGETHER, sums);
  const known = values.filter((value) => value !== null);
  return {
    values,
    fromMs: trends.from,
    stepMs: trends.stepSeconds * 1000 * TOGETHER,
    total: sums ? known.reduce((sum, value) => sum + value, 0) : Math.max(0, ...known),
  };
}
