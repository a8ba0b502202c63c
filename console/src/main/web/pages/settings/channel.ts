// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Channel, ChannelType } from '../../api/settings';

export const TYPES: { type: ChannelType; label: string }[] = [
  { type: 'SLACK', label: 'Slack' },
  { type: 'MS_TEAMS', label: 'Microsoft Teams' },
  { type: 'PAGER_DUTY', label: 'PagerDuty' },
  { type: 'WEBHOOK', label: 'Webhook' },
  { type: 'EMAIL', label: 'E-mail' },
];

/** A channel as its form shows it: every field a text. */
export interface Draft {
  name: string;
  type: ChannelType;
  url: string;
  serviceKey: string;
  to: string;
  smtpHost: string;
  smtpPort: string;
  smtpUser: string;
  smtpPassword: string;
  from: string;
  everySeconds: string;
  maxPerHour: string;
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export function draft(channel?: Channel): Draft {
  const options = channel?.options ?? {};
  const smtp = (options['smtp'] ?? {}) as Record<string, unknown>;
  const to = options['emailRecipients'];
  return {
    name: channel?.name ?? '',
    type: channel?.type ?? 'SLACK',
    url: text(options['url']),
    serviceKey: text(options['serviceKey']),
    to: Array.isArray(to) ? to.join(', ') : '',
    smtpHost: text(smtp['host']),
    smtpPort: text(smtp['port']),
    smtpUser: text(smtp['username']),
    smtpPassword: '',
    from: text(smtp['from']),
    everySeconds: text(options['everySeconds']),
    maxPerHour: text(options['maxPerHour']),
  };
}

function set(into: Record<string, unknown>, key: string, value: string | number): void {
  if (value === '') delete into[key];
  else into[key] = value;
}

/** What is sent; options that the form does not show stay as they were. */
export function body(of: Draft, before?: Channel): Record<string, unknown> {
  const { id: _id, lastError: _error, delivery: _delivery, ...kept } = before ?? ({} as Channel);
  const options: Record<string, unknown> = { ...(before?.options ?? {}) };
  const mail = of.type === 'EMAIL';
  set(options, 'url', mail ? '' : of.url.trim());
  set(options, 'serviceKey', of.type === 'PAGER_DUTY' ? of.serviceKey.trim() : '');
  for (const key of ['everySeconds', 'maxPerHour'] as const) {
    set(options, key, of[key].trim() === '' ? '' : Number(of[key]));
  }
  delete options['emailRecipients'];
  if (mail) {
    options['emailRecipients'] = of.to
      .split(/[,;\s]+/)
      .map((address) => address.trim())
      .filter((address) => address !== '');
  }
  if (mail && of.smtpHost.trim() !== '') {
    const smtp = { ...((options['smtp'] as Record<string, unknown>) ?? {}) };
    set(smtp, 'host', of.smtpHost.trim());
    set(smtp, 'port', of.smtpPort.trim() === '' ? '' : Number(of.smtpPort));
    set(smtp, 'username', of.smtpUser.trim());
    set(smtp, 'from', of.from.trim());
    set(smtp, 'password', of.smtpPassword);
    delete smtp['passwordSet'];
    options['smtp'] = smtp;
  } else {
    delete options['smtp'];
  }
  return { notificationChannel: { ...kept, name: of.name.trim(), type: of.type, options } };
}
