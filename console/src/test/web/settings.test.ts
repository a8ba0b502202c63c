// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import type { Forwarder, RolloutPlan } from '../../main/web/api/settings';
import { bytes } from '../../main/web/parts/bytes';
import { body, draft, retyped, target } from '../../main/web/pages/settings/forward/forwarder';
import * as rollout from '../../main/web/pages/settings/rollout/plan';

const elastic: Forwarder = {
  id: 4,
  name: 'search',
  version: 3,
  type: 'ELASTICSEARCH',
  enabled: true,
  filter: 'severity <= 3',
  from: 'now',
  options: { url: 'https://es:9200', index: 'torimono-{date}', other: 'kept' },
  secretsSet: ['apiKey'],
};

describe('a forwarder', () => {
  it('comes back as it was when nothing is changed, its secret unnamed', () => {
    expect(body(draft(elastic), elastic)).toEqual({
      version: 3,
      name: 'search',
      type: 'ELASTICSEARCH',
      enabled: true,
      filter: 'severity <= 3',
      from: 'now',
      options: { url: 'https://es:9200', index: 'torimono-{date}', other: 'kept' },
    });
  });

  it('sends a secret only when one was typed', () => {
    const of = draft(elastic);
    expect(body({ ...of, options: { ...of.options, apiKey: 'new' } }, elastic)).toMatchObject({
      options: { apiKey: 'new' },
    });
  });

  it('of another type takes nothing along that this one does not have', () => {
    const syslog = retyped({ ...draft(), name: 'siem' }, 'SYSLOG');
    const sent = body({ ...syslog, options: { ...syslog.options, host: 'h', port: '514' } });
    expect(sent['options']).toEqual({ host: 'h', port: 514, transport: 'tls', format: 'json' });
    expect(body(retyped(draft(elastic), 'SPLUNK'), elastic)['options']).toEqual({
      url: 'https://es:9200',
      index: 'torimono-{date}',
    });
  });

  it('tells where it goes', () => {
    expect(target(elastic)).toBe('https://es:9200');
    const options = { brokers: 'a:1,b:2', topic: 'events' };
    expect(target({ ...elastic, type: 'KAFKA', options })).toBe('a:1,b:2 events');
    expect(target({ ...elastic, options: { host: 'h', port: 514, transport: 'udp' } })).toBe(
      'h:514 udp',
    );
  });
});

describe('a plan of the roll-out', () => {
  const plan: RolloutPlan = {
    stages: [
      { tags: { ring: 'canary', site: 'tokyo' }, minutes: 30 },
      { tags: { ring: 'early' }, minutes: -1 },
    ],
    freezes: [
      { days: ['fri', 'mon'], from: '18:00', to: '06:00', zone: 'Asia/Tokyo' },
      { from: '2026-12-24T00:00:00Z', to: '2027-01-04T00:00:00Z' },
    ],
  };

  it('comes back as it was', () => {
    const again = rollout.plan(rollout.draft(plan));
    expect(again.stages).toEqual(plan.stages);
    expect(again.freezes?.[0]).toEqual({ ...plan.freezes?.[0], days: ['mon', 'fri'] });
    expect(again.freezes?.[1]).toEqual({
      from: '2026-12-24T00:00:00.000Z',
      to: '2027-01-04T00:00:00.000Z',
    });
  });

  it('may be empty', () => {
    expect(rollout.plan(rollout.draft({}))).toEqual({ stages: [], freezes: [] });
  });

  it('says which part is no tag', () => {
    expect(rollout.tags('ring=canary, x=a=b')).toEqual({
      tags: { ring: 'canary', x: 'a=b' },
      wrong: '',
    });
    expect(rollout.tags('ring=canary, broken').wrong).toBe('broken');
    expect(rollout.tags('=x').wrong).toBe('=x');
  });
});

describe('sizes', () => {
  it('have a unit that fits', () => {
    expect([0, 1023, 1536, 150 * 2 ** 20, 2 ** 40].map(bytes)).toEqual([
      '0 B',
      '1023 B',
      '1.5 KiB',
      '150 MiB',
      '1.0 TiB',
    ]);
  });
});
