// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Stretch } from '../../api/events';
import { LEVELS, type Level } from '../../parts/severity';
import { ms } from '../../parts/time';

const NICE_MS = [
  1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000,
  3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000,
];

/** A width that people count time in, for at most so many bars. */
export function widthMs(lengthMs: number, bars: number): number {
  return (
    NICE_MS.find((nice) => lengthMs / nice <= bars) ??
    Math.ceil(lengthMs / bars / 86_400_000) * 86_400_000
  );
}

export interface Bin {
  fromMs: number;
  counts: Record<Level, number>;
  total: number;
}

/** The stretches that have events, by level. */
export function bins(
  stretches: Stretch[],
  fromMs: number,
  toMs: number,
  width: number,
  levelOf: (value: string) => Level,
): Bin[] {
  return stretches
    .map((stretch) => {
      const counts = Object.fromEntries(LEVELS.map((of) => [of, 0])) as Record<Level, number>;
      let total = 0;
      for (const [value, count] of Object.entries(stretch.counts)) {
        counts[levelOf(value)] += count;
        total += count;
      }
      return { fromMs: ms(stretch.from), counts, total };
    })
    .filter((bin) => bin.fromMs + width > fromMs && bin.fromMs <= toMs);
}
