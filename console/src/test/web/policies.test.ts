// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../main/web/api/catalog';
import { changes, shippedOf } from '../../main/web/pages/policies/changes';
import { bodyOf, copyOf, does, draftOf, empty } from '../../main/web/pages/policies/draft';
import { rows, scopeOf, suggestions } from '../../main/web/pages/policies/scope';

const KEPT: Policy = {
  id: 7,
  version: 3,
  createdOn: 0,
  modifiedOn: 0,
  name: 'No shell here',
  description: 'd',
  severity: 2,
  enabled: true,
  type: 'falco',
  scope: 'container.name = test',
  rules: [{ ruleName: 'Terminal shell in container', enabled: true, note: 'kept' }],
  actions: [{ type: 'POLICY_ACTION_KILL_PROCESS' }],
  notificationChannelIds: [4],
  exceptions: [{ name: 'e' }],
};

describe('a policy in its editor', () => {
  it('of the article is a name, a rule and Kill Process', () => {
    const body = bodyOf({
      ...empty('falco'),
      name: 'test ',
      rules: [{ ruleName: 'Terminal shell in container', enabled: true }],
      kill: true,
    });
    expect(body).toMatchObject({
      type: 'falco',
      name: 'test',
      description: 'test',
      scope: '',
      enabled: true,
      rules: [{ ruleName: 'Terminal shell in container', enabled: true }],
      actions: [{ type: 'POLICY_ACTION_KILL_PROCESS' }],
    });
  });

  it('that is saved unchanged stays what it was', () => {
    const body = bodyOf(draftOf(KEPT));
    expect(body).toMatchObject(KEPT as unknown as Record<string, unknown>);
    expect(body['severity']).toBe(2);
  });

  it('keeps actions that the editor does not show', () => {
    const odd = { ...KEPT, actions: [{ type: 'POLICY_ACTION_ODD' }] };
    expect(bodyOf({ ...draftOf(odd), kill: true })['actions']).toEqual([
      { type: 'POLICY_ACTION_ODD' },
      { type: 'POLICY_ACTION_KILL_PROCESS' },
    ]);
  });

  it('of drift gives its lists back', () => {
    const draft = {
      ...empty('drift'),
      name: 'd',
      prevent: true,
      volumes: true,
      prohibited: '/usr/bin/nc\n\n /bin/x ',
    };
    const body = bodyOf(draft);
    expect(body['actions']).toEqual([{ type: 'POLICY_ACTION_PREVENT_DRIFT' }]);
    const again = draftOf({ ...KEPT, ...body } as Policy);
    expect(again).toMatchObject({
      prevent: true,
      volumes: true,
      prohibited: '/usr/bin/nc\n/bin/x',
    });
  });

  it('tells what it asks for, the strongest first', () => {
    expect(does(KEPT)).toEqual(['kill']);
    const both = ['POLICY_ACTION_CAPTURE', 'POLICY_ACTION_PREVENT_DRIFT'].map((type) => ({ type }));
    expect(does({ ...KEPT, actions: both })).toEqual(['prevent', 'capture']);
  });
});

describe('a scope', () => {
  it('of simple conditions is lines, and back', () => {
    const scope =
      'container.name = test and k8s.ns.name not in (dev, "my ns") and host.name startswith web';
    const lines = rows(scope);
    expect(lines).toHaveLength(3);
    expect(lines?.[1]).toEqual({ field: 'k8s.ns.name', operator: 'not in', value: 'dev, my ns' });
    expect(scopeOf(lines ?? [])).toBe(scope);
  });

  it('that says more stays text', () => {
    expect(rows('a = 1 or b = 2')).toBeUndefined();
    expect(rows('not container.id exists')).toBeUndefined();
    expect(rows('')).toEqual([]);
  });

  it('keeps empty values and quotes', () => {
    expect(scopeOf([{ field: 'container.id', operator: '!=', value: '' }])).toBe(
      'container.id != ""',
    );
    expect(rows('container.id != ""')).toEqual([
      { field: 'container.id', operator: '!=', value: '' },
    ]);
    const quote = [{ field: 'a', operator: '=', value: 'x "y"' }];
    expect(rows(scopeOf(quote))).toEqual(quote);
  });
});

describe('values for a scope', () => {
  const place = {
    agentId: 'a',
    hostName: 'web-1',
    containerId: 'c1',
    name: 'shop',
    image: 'registry:5000/nginx:1@sha256:00',
    namespace: '',
    pod: '',
    covered: 'yes' as const,
  };
  it('are those of what runs now and of events, once each', () => {
    const both = [place, { ...place, containerId: '', name: '', image: '' }];
    expect(suggestions('container.name', both, ['pay', 'shop'])).toEqual(['pay', 'shop']);
    expect(suggestions('container.image.repository', both, [])).toEqual(['registry:5000/nginx']);
    expect(suggestions('k8s.ns.name', both, [])).toEqual([]);
    expect(suggestions('container.image.tag', both, ['1'])).toEqual(['1']);
  });
});

const DRIFT: Policy = {
  ...KEPT,
  id: 1_000_000_007,
  name: 'Container Drift',
  description: 'As it ships',
  type: 'drift',
  readOnly: true,
  severity: 4,
  rules: [
    { ruleName: 'Container drift', enabled: true, details: { ruleType: 'DRIFT', mode: 'enabled' } },
  ],
  ruleNames: ['Container drift'],
  actions: [],
  notificationChannelIds: [],
  exceptions: undefined,
};

const SHELLS: Policy = {
  ...DRIFT,
  type: 'falco',
  rules: [
    { ruleName: 'A', enabled: true },
    { ruleName: 'B', enabled: true },
  ],
  ruleNames: ['A', 'B'],
};

describe('a policy that ships', () => {
  it('is sent as it is but for what is its owner’s', () => {
    const draft = { ...draftOf(DRIFT), name: 'Mine', description: 'Mine', volumes: true };
    const body = bodyOf({ ...draft, prevent: true, enabled: false });
    expect(body['description']).toBe('As it ships');
    expect(body['rules']).toEqual(DRIFT.rules);
    expect(body['ruleNames']).toEqual(DRIFT.ruleNames);
    expect(body['actions']).toEqual([{ type: 'POLICY_ACTION_PREVENT_DRIFT' }]);
    expect(body['enabled']).toBe(false);
    expect(body).not.toHaveProperty('exceptions', []);
  });

  it('unchanged differs in nothing', () => {
    const here = bodyOf(draftOf(SHELLS)) as unknown as Policy;
    expect(changes(here, shippedOf(SHELLS))).toEqual([]);
  });

  it('tells what is other than it ships: what is kept, and what is only written yet', () => {
    const kept: Policy = {
      ...SHELLS,
      severity: 6,
      scope: 'container.name = a',
      rules: [
        { ruleName: 'A', enabled: false },
        { ruleName: 'B', enabled: true },
      ],
      modified: true,
      shipped: { severity: 4, scope: '', rules: [{ ruleName: 'A', enabled: true }] },
    };
    const ships = shippedOf(kept);
    expect(ships.rules.map((rule) => rule.enabled)).toEqual([true, true]);
    const told = (here: Policy) =>
      changes(here, ships).map((one) => (one.key === 'rule' ? one.rule : one.key));
    expect(told(kept)).toEqual(['severity', 'scope', 'A']);
    const draft = { ...draftOf(kept), kill: true, scope: '', exempt: [{ name: 'e' }] };
    expect(told(bodyOf(draft) as unknown as Policy)).toEqual([
      'severity',
      'actions',
      'exceptions',
      'A',
    ]);
  });

  it('is free once it is copied', () => {
    const body = bodyOf({ ...copyOf(DRIFT, 'Copy'), volumes: true });
    expect(body).not.toHaveProperty('readOnly');
    expect(body['name']).toBe('Copy');
    expect(body['rules']).toMatchObject([{ details: { mountedVolumeDriftEnabled: true } }]);
  });
});
