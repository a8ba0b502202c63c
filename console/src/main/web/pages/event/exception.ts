// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { SecureEvent } from '../../api/events';
import { quoted } from '../../events/filter';

export interface Exception {
  name: string;
  rules: string[];
  scope: string;
  when: string;
  reason: string;
  owner: string;
  expires: string;
}

/** Fields that make an exception as narrow as the event allows. */
const NARROWING = ['proc.name', 'proc.exepath', 'proc.pname', 'fd.name', 'user.name'];

const text = (value: unknown): string =>
  typeof value === 'string' && value !== '<NA>' ? value : '';

/** What would silence this event and as little else as possible. */
export function proposed(event: SecureEvent, owner: string, now: Date): Exception {
  const image = event.labels['container.image.repo'];
  const fields = NARROWING.flatMap((name) => {
    const value = text(event.content.fields[name]);
    return value === '' ? [] : [`${name} = ${quoted(value)}`];
  });
  const expires = new Date(now.getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
  return {
    name: `${event.content.ruleName} ${event.id.slice(0, 8)}`,
    rules: event.engine === 'falco' ? [event.content.ruleName] : [],
    scope: image && event.containerId !== '' ? `container.image.repository = ${quoted(image)}` : '',
    when: event.engine === 'falco' ? fields.slice(0, 3).join(' and ') : '',
    reason: '',
    owner,
    expires,
  };
}

/** As policies have it: without what is empty. */
export function bodyOf(exception: Exception): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(exception).filter(([, value]) =>
      Array.isArray(value) ? value.length > 0 : value !== '',
    ),
  );
}
