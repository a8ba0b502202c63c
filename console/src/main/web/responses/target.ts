// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Execution } from '../api/responses';

const SHORT_ID = 12;

/** What an action was about, the most telling first. */
export function target(one: Pick<Execution, 'parameters'>): string {
  const of = (key: string): string => {
    const value = one.parameters[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const container = of('container.id').slice(0, SHORT_ID);
  const path = of('path.absolute') || of('quarantined_file_path');
  const pid = of('process.id');
  return [path, pid && `pid ${pid}`, container].filter((part) => part !== '').join(' · ');
}
