// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import type { Agent, Channel } from '../../main/web/api/types';
import { target } from '../../main/web/pages/activity/target';
import { start } from '../../main/web/pages/agents/commands';
import { counters, lost, losses, matches, tags } from '../../main/web/pages/agents/health';
import { place } from '../../main/web/pages/incidents/place';
import { body, draft } from '../../main/web/pages/settings/channel';

const agent = {
  hostname: 'Shop-1',
  facts: { kernel: '6.18.0', cluster: 'prod', tags: { team: 'pay' } },
  health: { events: 10, events_lost: 2, 'output.x.dropped': 3, 'events_lost.open': 2, note: 'a' },
} as unknown as Agent;

describe('an agent', () => {
  it('has lost what it calls lost or dropped, counted once', () => {
    expect(losses(agent)).toEqual([
      ['events_lost', 2],
      ['output.x.dropped', 3],
    ]);
    expect(lost(agent)).toBe(5);
  });

  it('has counters that are numbers only', () => {
    expect(counters(agent).map(([name]) => name)).not.toContain('note');
  });

  it('is found by host, kernel, cluster and tag, whatever the case', () => {
    for (const find of ['shop', '6.18', 'PROD', 'team=pay', '']) {
      expect(matches(agent, find)).toBe(true);
    }
    expect(matches(agent, 'other')).toBe(false);
  });

  it('may say nothing of itself', () => {
    const silent = { hostname: 'h', facts: {}, health: {} } as unknown as Agent;
    expect([tags(silent), lost(silent), matches(silent, 'h')]).toEqual([[], 0, true]);
  });
});

describe('the commands of the guide', () => {
  it('put the key into a file that only root reads', () => {
    const text = start('https://c:7443', 'abc');
    expect(text).toContain("umask 077\nprintf '%s' 'abc' > /etc/torimono/access.key");
    expect(text).toContain('fleet.collector=https://c:7443');
    expect(start('https://c', '')).toContain('ACCESS_KEY');
  });
});

describe('a channel', () => {
  const mail = {
    id: 3,
    name: 'ops',
    version: 2,
    type: 'EMAIL',
    lastError: 'x',
    options: {
      emailRecipients: ['a@x', 'b@x'],
      template: 'kept',
      smtp: { host: 'mail', port: 25, passwordSet: true, security: 'tls' },
    },
  } as unknown as Channel;
  const sent = (of: Record<string, unknown>) =>
    of['notificationChannel'] as Record<string, unknown> & { options: Record<string, unknown> };

  it('comes back as it was when nothing is changed', () => {
    const again = sent(body(draft(mail), mail));
    expect(again).toEqual({
      name: 'ops',
      version: 2,
      type: 'EMAIL',
      options: {
        emailRecipients: ['a@x', 'b@x'],
        template: 'kept',
        smtp: { host: 'mail', port: 25, security: 'tls' },
      },
    });
  });

  it('sends a password only when one was typed', () => {
    const typed = sent(body({ ...draft(mail), smtpPassword: 'p' }, mail));
    expect((typed.options['smtp'] as Record<string, unknown>)['password']).toBe('p');
  });

  it('has only the options of its type', () => {
    const of = { ...draft(), name: ' s ', url: ' https://x ', serviceKey: 'k', everySeconds: '60' };
    expect(sent(body(of))).toEqual({
      name: 's',
      type: 'SLACK',
      options: { url: 'https://x', everySeconds: 60 },
    });
    expect(sent(body({ ...of, type: 'PAGER_DUTY', url: '' })).options).toEqual({
      serviceKey: 'k',
      everySeconds: 60,
    });
  });
});

describe('a response', () => {
  it('is about its file, process or container', () => {
    expect(target({ parameters: { 'process.id': '7', 'container.id': 'a'.repeat(64) } })).toBe(
      `pid 7 · ${'a'.repeat(12)}`,
    );
    expect(target({ parameters: { 'path.absolute': '/x' } })).toBe('/x');
    expect(target({ parameters: {} })).toBe('');
  });
});

describe('an incident', () => {
  const nowhere = { hostName: 'h', namespace: '', pod: '', image: '', process: 'sh' };

  it('is where its pod or container is, else where its process is', () => {
    expect(place({ ...nowhere, namespace: 'shop', pod: 'a-1', image: 'nginx' })).toBe(
      'h · shop/a-1 · nginx',
    );
    expect(place({ ...nowhere, image: 'nginx' })).toBe('h · nginx');
    expect(place(nowhere)).toBe('h · sh');
  });
});
