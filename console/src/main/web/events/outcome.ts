// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { ActionResult, SecureEvent } from '../api/events';

export type Outcome =
  'detected' | 'killed' | 'prevented' | 'contained' | 'captured' | 'wouldHave' | 'failed';

function kind(type: string): Outcome {
  if (type.includes('prevented')) return 'prevented';
  if (type.startsWith('process')) return 'killed';
  if (type.startsWith('container')) return 'contained';
  return type.startsWith('capture') ? 'captured' : 'detected';
}

export interface Told {
  outcome: Outcome;
  /** What it would have been, where it was not. */
  meant?: Outcome;
  action?: ActionResult;
}

/** What came of an event, one entry an action; "detected" when nothing was to be done. */
export function outcomes(event: SecureEvent): Told[] {
  const told = event.actions.map((action): Told => {
    const meant = kind(action.type);
    switch (action.status) {
      case 'done':
        return { outcome: meant, action };
      case 'monitored':
        return { outcome: 'wouldHave', meant, action };
      default:
        return { outcome: 'failed', meant, action };
    }
  });
  return told.length === 0 ? [{ outcome: 'detected' }] : told;
}
