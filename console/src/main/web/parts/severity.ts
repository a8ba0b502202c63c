// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

export type Level = 'high' | 'medium' | 'low' | 'info';
export const LEVELS: Level[] = ['high', 'medium', 'low', 'info'];

/** Eight steps in the API, four words for people. */
export function level(severity: number): Level {
  if (severity <= 3) return 'high';
  if (severity <= 5) return 'medium';
  return severity === 6 ? 'low' : 'info';
}

export const LEVEL_VALUES: Record<Level, number[]> = {
  high: [0, 1, 2, 3],
  medium: [4, 5],
  low: [6],
  info: [7],
};

/** What an editor writes for each word. */
export const LEVEL_SEVERITY: Record<Level, number> = { high: 1, medium: 4, low: 6, info: 7 };
