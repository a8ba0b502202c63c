// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { SecureEvent } from '../../api/events';
import type { Execution } from '../../api/responses';
import { place } from '../../events/sentence';
import { ms } from '../../parts/time';

/** A capture that a policy had an agent write; several events may name the same file. */
export interface Captured {
  key: string;
  agentId: string;
  host: string;
  place: string;
  /** Where it lies on its machine. */
  path: string;
  /** Of the latest event that names it, ms since the epoch. */
  atMs: number;
  event: SecureEvent;
  events: number;
  /** The last time that somebody asked for it. */
  fetch?: Execution;
}

export const TAKEN = 'capture_taken';

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The files that events name, the latest first, each with how far its fetching is. */
export function captured(events: SecureEvent[], executions: Execution[]): Captured[] {
  const files = new Map<string, Captured>();
  for (const event of events) {
    for (const action of event.actions) {
      const path = action.reason ?? '';
      if (action.type !== TAKEN || action.status !== 'done' || !path.startsWith('/')) continue;
      const key = `${event.agentId} ${path}`;
      const known = files.get(key);
      if (known) {
        known.events++;
        continue;
      }
      files.set(key, {
        key,
        agentId: event.agentId,
        host: event.labels['host.hostName'] ?? '',
        place: place(event),
        path,
        atMs: ms(event.timestamp),
        event,
        events: 1,
      });
    }
  }
  // The latest comes first in both lists.
  for (const one of executions) {
    if (one.actionType !== 'FILE_ACQUIRE' || one.dryRun) continue;
    const file = files.get(`${one.agentId} ${String(one.parameters['path.absolute'] ?? '')}`);
    if (file && !file.fetch) file.fetch = one;
  }
  return [...files.values()];
}

export type Stage = 'there' | 'asked' | 'coming' | 'here' | 'kept' | 'failed';

/** An agent hands a file in after it has said that it has it. */
const HANDS_IN_MS = 120_000;

export function stage(of: Captured, nowMs: number): Stage {
  const { fetch } = of;
  if (!fetch) return 'there';
  if (fetch.status === 'ENQUEUED' || fetch.status === 'IN_PROGRESS') return 'asked';
  if (fetch.status === 'FAILED') return 'failed';
  if ((fetch.fileBytes ?? -1) >= 0) return 'here';
  return nowMs - fetch.endedOn < HANDS_IN_MS ? 'coming' : 'kept';
}
