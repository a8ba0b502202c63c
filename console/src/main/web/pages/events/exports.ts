// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { path, send } from '../../api/client';
import type { EventPage, SecureEvent } from '../../api/events';
import { ns } from '../../parts/time';

const PAGE = 1000;
export const EXPORTED_AT_MOST = 10_000;

export async function collect(
  filter: string,
  fromMs: number,
  toMs: number | undefined,
): Promise<{ events: SecureEvent[]; texts: string[]; total: number }> {
  const found: SecureEvent[] = [];
  const texts: string[] = [];
  let total = 0;
  let cursor: string | undefined = '';
  while (cursor !== undefined && found.length < EXPORTED_AT_MOST) {
    const answer = await send(
      'GET',
      path('/secure/events/v1/events', {
        filter,
        limit: PAGE,
        cursor,
        from: ns(fromMs),
        to: toMs === undefined ? undefined : ns(toMs),
      }),
    );
    const text = await answer.text();
    const page = JSON.parse(text) as EventPage;
    total = Math.max(total, page.page.total);
    found.push(...page.data);
    texts.push(...elements(text, 'data'));
    cursor = page.page.prev;
  }
  return {
    events: found.slice(0, EXPORTED_AT_MOST),
    texts: texts.slice(0, EXPORTED_AT_MOST),
    total,
  };
}

/** The elements of an array of an object of JSON as they stand there: times keep all their digits. */
export function elements(json: string, key: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let inside = false;
  let begin = 0;
  let last = '';
  for (const token of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g)) {
    const [piece] = token;
    if (piece === '[' && depth === 1 && last === `"${key}"`) {
      inside = true;
      begin = token.index + 1;
    } else if (inside && depth === 2 && (piece === ',' || piece === ']')) {
      const text = json.slice(begin, token.index).trim();
      if (text !== '') found.push(text);
      begin = token.index + 1;
    }
    if (piece === '{' || piece === '[') depth++;
    if (piece === '}' || piece === ']') depth--;
    if (inside && depth === 1) return found;
    last = piece;
  }
  return found;
}

/** As an array of JSON, an event a line. */
export const json = (texts: string[]): string => `[\n${texts.join(',\n')}\n]\n`;

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
