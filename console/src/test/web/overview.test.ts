// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import { agoBy } from '../../main/web/parts/time';
import type { Agent } from '../../main/web/api/agents';
import { leftBehind } from '../../main/web/pages/events/saved';
import { byLevel, DAY_MS, days, done, ill, unwell } from '../../main/web/pages/overview/figures';

const agent = (part: Partial<Agent>): Agent =>
  ({ hostname: 'h', status: 'connected', bundleRefused: '', ...part }) as Agent;
const day = { events: 9, alerts: 1, lost: 0, dropped: 0, misses: 5 };

describe('the figures of the day', () => {
  it('are of the last 24 hours and of those before, whole minutes', () => {
    const { beforeMs, fromMs, toMs } = days(Date.UTC(2026, 10, 26, 12, 0, 30));
    expect(toMs).toBe(Date.UTC(2026, 10, 26, 12, 1));
    expect([toMs - fromMs, fromMs - beforeMs]).toEqual([DAY_MS, DAY_MS]);
  });

  it('put eight severities into four', () => {
    const counts = [
      { value: '0', count: 1 },
      { value: '3', count: 2 },
      { value: '5', count: 4 },
      { value: '7', count: 8 },
    ];
    expect(byLevel(counts)).toEqual({ high: 3, medium: 4, low: 0, info: 8 });
  });

  it('say what was done', () => {
    const counts = [
      { value: 'process_killed', count: 2 },
      { value: 'process_tree_killed', count: 1 },
      { value: 'drift_prevented', count: 5 },
      { value: 'exec_prevented', count: 1 },
      { value: 'container_paused', count: 4 },
      { value: 'capture', count: 9 },
    ];
    expect(done(counts)).toEqual({ killed: 3, prevented: 6, contained: 4 });
  });
});

describe('an agent is unwell', () => {
  it('when it is silent, refuses, has problems or loses, in that order', () => {
    const all = [
      agent({ hostname: 'well', lastDay: day }),
      agent({ hostname: 'loses', lastDay: { ...day, dropped: 1 } }),
      agent({ hostname: 'ill', diagnosis: { at: 1, problems: 1, notes: 0 } }),
      agent({ hostname: 'refuses', bundleRefused: 'why' }),
      agent({ hostname: 'gone', status: 'revoked' }),
      agent({ hostname: 'silent', status: 'silent' }),
    ];
    expect(unwell(all).map(({ agent: one, why }) => [one.hostname, why])).toEqual([
      ['silent', 'silent'],
      ['refuses', 'refuses'],
      ['ill', 'problems'],
      ['loses', 'loses'],
    ]);
  });

  it('not for misses or remarks alone', () => {
    expect(ill(agent({ lastDay: day, diagnosis: { at: 1, problems: 0, notes: 3 } }))).toBe(
      undefined,
    );
  });
});

describe('views that an earlier version left in the browser', () => {
  it('are taken as far as they lead into the console', () => {
    const kept = [
      { name: 'a', address: '/events?filter=x' },
      { name: 'b', address: '//evil.example' },
      { name: 'c', address: 'https://evil.example' },
      { address: '/events' },
      null,
    ];
    expect(leftBehind(JSON.stringify(kept))).toEqual([kept[0]]);
    expect(leftBehind('{broken')).toEqual([]);
    expect(leftBehind(null)).toEqual([]);
  });
});

describe('a moment by a clock that is late', () => {
  const now = Date.UTC(2026, 10, 26);
  it('is now when it seems a little ahead, and in the future when it is', () => {
    expect(agoBy(now + 20_000, 'en', now, 30_000)).toBe('now');
    expect(agoBy(now + 30 * 86_400_000, 'en', now, 30_000)).toBe('in 30 days');
    expect(agoBy(now - 86_400_000, 'en', now, 30_000)).toBe('yesterday');
  });
});
