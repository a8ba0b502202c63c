// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import type { Agent } from '../../main/web/api/agents';
import type { SecureEvent } from '../../main/web/api/events';
import type { Execution } from '../../main/web/api/responses';
import type { Channel } from '../../main/web/api/settings';
import { captured, fileName, stage } from '../../main/web/pages/activity/captured';
import { target } from '../../main/web/responses/target';
import { start } from '../../main/web/pages/agents/commands';
import { findings } from '../../main/web/pages/agents/diagnosis';
import { counters, lost, losses, matches, tags } from '../../main/web/pages/agents/health';
import { joined, line } from '../../main/web/pages/agents/trends';
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

describe('what an agent counted over time', () => {
  const trends = {
    from: 1000,
    stepSeconds: 300,
    values: { lost: [1, 2, null, null, null, null, 4], heap: [80, 120, 90, null, null, null, 60] },
  };

  it('is added up where it came, and is the most where it is how much there was', () => {
    expect(line(trends, 'lost')).toEqual({
      values: [3, null, 4],
      fromMs: 1000,
      stepMs: 900_000,
      total: 7,
    });
    expect(line(trends, 'heap').values).toEqual([120, null, 60]);
    expect(line(trends, 'heap').total).toBe(120);
  });

  it('is nothing where an older collector tells nothing', () => {
    expect(line(trends, 'waiting')).toMatchObject({ values: [], total: 0 });
    expect(joined([], 3, true)).toEqual([]);
  });
});

describe('a diagnosis', () => {
  it('is shown as far as it is understood', () => {
    const of = findings({
      healthy: true,
      problems: [],
      notes: ['no runtime', 7],
      strongest_action: 'kill',
      hooks: [{ name: 'lsm', works: false, reason: 'not in force' }, null, 'x'],
      runtimes: 'none',
    });
    expect(of.healthy).toBe(true);
    expect(of.notes).toEqual(['no runtime']);
    expect(of.hooks).toEqual([{ name: 'lsm', works: false, reason: 'not in force' }]);
    expect(of.runtimes).toEqual([]);
  });

  it('with a problem does not work, whatever it says of itself', () => {
    expect(findings({ healthy: true, problems: ['no BTF'] }).healthy).toBe(false);
    expect(findings({}).healthy).toBe(false);
  });
});

describe('captures', () => {
  const event = (id: string, reason: string, status = 'done') =>
    ({
      id,
      agentId: 'a',
      containerId: 'c',
      timestamp: 2e15,
      labels: { 'host.hostName': 'h', 'container.name': 'shop' },
      actions: [{ type: 'capture_taken', isSuccessful: true, status, reason }],
    }) as unknown as SecureEvent;
  const fetched = (part: Partial<Execution>) =>
    ({
      actionType: 'FILE_ACQUIRE',
      agentId: 'a',
      dryRun: false,
      parameters: { 'path.absolute': '/c/one.scap' },
      status: 'COMPLETED',
      endedOn: 1000,
      ...part,
    }) as Execution;

  it('are files, however many events name one, without those that were not taken', () => {
    const all = captured(
      [
        event('3', '/c/one.scap'),
        event('2', '/c/one.scap'),
        event('1', 'too many under way', 'failed'),
      ],
      [],
    );
    expect(all.map((one) => [fileName(one.path), one.events, one.event.id, one.place])).toEqual([
      ['one.scap', 2, '3', 'shop'],
    ]);
    expect(stage(all[0]!, 0)).toBe('there');
  });

  it('are here once they were handed in', () => {
    const at = (execution: Execution, nowMs = 1000) =>
      stage(captured([event('3', '/c/one.scap')], [execution])[0]!, nowMs);
    expect(at(fetched({ status: 'ENQUEUED' }))).toBe('asked');
    expect(at(fetched({ fileBytes: -1 }))).toBe('coming');
    expect(at(fetched({ fileBytes: -1 }), 10_000_000)).toBe('kept');
    expect(at(fetched({ fileBytes: 0 }))).toBe('here');
    expect(at(fetched({ status: 'FAILED' }))).toBe('failed');
    expect(at(fetched({ agentId: 'another' }))).toBe('there');
    expect(at(fetched({ dryRun: true }))).toBe('there');
  });
});
