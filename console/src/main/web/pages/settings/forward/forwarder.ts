// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Forwarder, ForwarderType } from '../../../api/settings';

export const TYPES: { type: ForwarderType; label: string }[] = [
  { type: 'SYSLOG', label: 'Syslog (RFC 5424, CEF)' },
  { type: 'WEBHOOK', label: 'Webhook' },
  { type: 'ELASTICSEARCH', label: 'Elasticsearch' },
  { type: 'OPENSEARCH', label: 'OpenSearch' },
  { type: 'SPLUNK', label: 'Splunk HEC' },
  { type: 'KAFKA', label: 'Kafka' },
  { type: 'FILE', label: 'File' },
];

/** Names of options, as the API has them. */
export type OptionKey =
  | 'host'
  | 'port'
  | 'transport'
  | 'format'
  | 'url'
  | 'secret'
  | 'file'
  | 'maxMebibytes'
  | 'keep'
  | 'index'
  | 'username'
  | 'password'
  | 'apiKey'
  | 'token'
  | 'brokers'
  | 'topic'
  | 'security'
  | 'mechanism'
  | 'caCertificates';

export interface Option {
  key: OptionKey;
  kind: 'text' | 'number' | 'secret' | 'long';
  required?: boolean;
  choices?: string[];
}

const CA: Option = { key: 'caCertificates', kind: 'long' };
const URL: Option = { key: 'url', kind: 'text', required: true };
const ELASTIC: Option[] = [
  URL,
  { key: 'index', kind: 'text' },
  { key: 'username', kind: 'text' },
  { key: 'password', kind: 'secret' },
  { key: 'apiKey', kind: 'secret' },
  CA,
];

/** What the form asks for each type; what it does not ask stays as it was. */
export const OPTIONS: Record<ForwarderType, Option[]> = {
  SYSLOG: [
    { key: 'host', kind: 'text', required: true },
    { key: 'port', kind: 'number', required: true },
    { key: 'transport', kind: 'text', choices: ['tls', 'tcp', 'udp'] },
    { key: 'format', kind: 'text', choices: ['json', 'cef'] },
    CA,
  ],
  WEBHOOK: [URL, { key: 'secret', kind: 'secret' }, CA],
  FILE: [
    { key: 'file', kind: 'text', required: true },
    { key: 'maxMebibytes', kind: 'number' },
    { key: 'keep', kind: 'number' },
  ],
  ELASTICSEARCH: ELASTIC,
  OPENSEARCH: ELASTIC,
  SPLUNK: [
    URL,
    { key: 'token', kind: 'secret', required: true },
    { key: 'index', kind: 'text' },
    CA,
  ],
  KAFKA: [
    { key: 'brokers', kind: 'text', required: true },
    { key: 'topic', kind: 'text', required: true },
    { key: 'security', kind: 'text', choices: ['plaintext', 'tls', 'sasl_tls'] },
    { key: 'mechanism', kind: 'text', choices: ['', 'PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] },
    { key: 'username', kind: 'text' },
    { key: 'password', kind: 'secret' },
    CA,
  ],
};

/** A forwarder as its form shows it: every option a text. */
export interface Draft {
  name: string;
  type: ForwarderType;
  enabled: boolean;
  filter: string;
  from: 'now' | 'beginning';
  options: Partial<Record<OptionKey, string>>;
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export function draft(of?: Forwarder): Draft {
  const type = of?.type ?? 'SYSLOG';
  const options: Draft['options'] = {};
  for (const { key, kind, choices } of OPTIONS[type]) {
    const given = of?.options[key];
    if (kind === 'secret') options[key] = '';
    else if (Array.isArray(given)) options[key] = given.map(text).join(', ');
    else options[key] = text(given) || (of ? '' : (choices?.[0] ?? ''));
  }
  return {
    name: of?.name ?? '',
    type,
    enabled: of?.enabled ?? true,
    filter: of?.filter ?? '',
    from: of?.from ?? 'now',
    options,
  };
}

/** The options of another type begin with what both have. */
export function retyped(of: Draft, type: ForwarderType): Draft {
  const options: Draft['options'] = {};
  for (const { key, choices } of OPTIONS[type]) {
    options[key] = of.options[key] ?? choices?.[0] ?? '';
  }
  return { ...of, type, options };
}

/** What is sent; a secret that was left empty is not named, and so stays. */
export function body(of: Draft, before?: Forwarder): Record<string, unknown> {
  const options: Record<string, unknown> = before?.type === of.type ? { ...before.options } : {};
  for (const { key, kind } of OPTIONS[of.type]) {
    const value = (of.options[key] ?? '').trim();
    if (value === '') delete options[key];
    else if (kind === 'number') options[key] = Number(value);
    else options[key] = key === 'brokers' ? value.replace(/\s+/g, '') : value;
  }
  return {
    ...(before ? { version: before.version } : {}),
    name: of.name.trim(),
    type: of.type,
    enabled: of.enabled,
    filter: of.filter.trim(),
    from: of.from,
    options,
  };
}

/** Where it goes, in a line. */
export function target(of: Forwarder): string {
  const options = of.options;
  const host = text(options['host']);
  if (host) return `${host}:${text(options['port'])} ${text(options['transport'])}`.trim();
  const brokers = options['brokers'];
  if (brokers)
    return `${Array.isArray(brokers) ? brokers.join(', ') : text(brokers)} ${text(options['topic'])}`;
  return text(options['url']) || text(options['file']);
}
