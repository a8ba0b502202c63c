// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { call, path } from '../../api/client';
import type { EventPage, SecureEvent } from '../../api/events';
import { ns } from '../../parts/time';

const PAGE = 1000;
export const EXPORTED_AT_MOST = 10_000;

export async function collect(
  filter: string,
  fromMs: number,
  toMs: number | undefined,
): Promise<{ events: SecureEvent[]; total: number }> {
  const found: SecureEvent[] = [];
  let total = 0;
  let cursor: string | undefined = '';
  while (cursor !== undefined && found.length < EXPORTED_AT_MOST) {
    const page: EventPage = await call(
      'GET',
      path('/secure/events/v1/events', {
        filter,
        limit: PAGE,
        cursor,
        from: ns(fromMs),
        to: toMs === undefined ? undefined : ns(toMs),
      }),
    );
    total = Math.max(total, page.page.total);
    found.push(...page.data);
    cursor = page.page.prev;
  }
  return { events: found.slice(0, EXPORTED_AT_MOST), total };
}

const COLUMNS: [string, (event: SecureEvent) => unknown][] = [
  ['time', (event) => event.timestampRFC3339Nano],
  ['severity', (event) => event.severity],
  ['policy', (event) => event.name],
  ['rule', (event) => event.content.ruleName],
  ['status', (event) => event.state?.status],
  [
    'actions',
    (event) => event.actions.map((done) => `${done.type} ${done.status ?? ''}`).join('; '),
  ],
  ['host', (event) => event.labels['host.hostName']],
  ['container', (event) => event.labels['container.name']],
  ['image', (event) => event.labels['container.image.repo']],
  ['namespace', (event) => event.labels['kubernetes.namespace.name']],
  ['pod', (event) => event.labels['kubernetes.pod.name']],
  ['user', (event) => event.content.fields['user.name']],
  ['process', (event) => event.content.fields['proc.name']],
  ['command', (event) => event.content.fields['proc.cmdline']],
  ['output', (event) => event.content.output],
  ['id', (event) => event.id],
];

/** A cell that no spreadsheet takes for a formula. */
export function cell(value: unknown): string {
  const text = value === undefined || value === null ? '' : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function csv(events: SecureEvent[]): string {
  const lines = [COLUMNS.map(([name]) => name).join(',')];
  for (const event of events) lines.push(COLUMNS.map(([, of]) => cell(of(event))).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

export function download(name: string, type: string, text: string | Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
