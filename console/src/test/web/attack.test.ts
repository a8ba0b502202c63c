// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import type { Policy, Rule } from '../../main/web/api/catalog';
import { coverage, covered } from '../../main/web/pages/library/attack';
import { TACTICS, TECHNIQUES } from '../../main/web/pages/library/attack-data';

const rule = (name: string, tags: string[], append = false): Rule =>
  ({
    id: 1,
    name,
    tags,
    description: '',
    details: { ruleType: 'FALCO', append },
  }) as unknown as Rule;
const policy = (rules: unknown[], enabled = true): Policy =>
  ({ enabled, rules }) as unknown as Policy;

const at = (rules: Rule[], tactic: string, technique: string, policies: Policy[] = []) =>
  coverage(rules, policies, new Map([['a', 7]]))
    .find((one) => one.id === tactic)
    ?.techniques.find((one) => one.id === technique);

describe('the table of techniques', () => {
  it('names each once, and only tactics that there are', () => {
    expect(new Set(TECHNIQUES.map((one) => one.id)).size).toBe(TECHNIQUES.length);
    const tactics = TACTICS.map((one) => one.id);
    for (const one of TECHNIQUES) {
      expect(one.id).toMatch(/^T\d{4}$/);
      expect(one.name).not.toBe('');
      expect(tactics).toEqual(expect.arrayContaining(one.tactics));
    }
  });
});

describe('coverage', () => {
  it('counts sub-techniques to their technique, in the tactics of the tags', () => {
    const rules = [rule('a', ['container', 'mitre_persistence', 'T1053.003', 'T1053'])];
    expect(at(rules, 'TA0003', 'T1053')?.rules).toEqual([
      { name: 'a', techniques: ['T1053.003', 'T1053'], inPolicy: false, alerts: 7 },
    ]);
    expect(at(rules, 'TA0002', 'T1053')?.rules).toEqual([]);
  });

  it('puts a technique without its tactic everywhere it belongs', () => {
    const rules = [rule('a', ['T1610', 'mitre_impact'])];
    expect(at(rules, 'TA0002', 'T1610')?.rules.length).toBe(1);
    expect(at(rules, 'TA0005', 'T1610')?.rules.length).toBe(1);
    expect(at(rules, 'TA0040', '')?.rules.length).toBe(1);
  });

  it('keeps what it has no name for', () => {
    const rules = [rule('a', ['mitre_execution', 'T9999.001'])];
    expect(at(rules, 'TA0002', 'T9999')?.name).toBe('T9999');
    expect(at([rule('a', ['T9999'])], 'TA0002', 'T9999')).toBeUndefined();
  });

  it('tells what an enabled policy has switched on, by name or tag', () => {
    const rules = [rule('a', ['T1059', 'mitre_execution'])];
    const on = (policies: Policy[]) => at(rules, 'TA0002', 'T1059', policies)?.rules[0]?.inPolicy;
    expect(on([policy([{ ruleName: 'a', enabled: true }])])).toBe(true);
    expect(on([policy([{ ruleTag: 'T1059', enabled: true }])])).toBe(true);
    expect(on([policy([{ ruleName: 'a', enabled: false }])])).toBe(false);
    expect(on([policy([{ ruleName: 'a', enabled: true }], false)])).toBe(false);
  });

  it('counts techniques once, and neither appended rules nor rules without tags', () => {
    const none = coverage([rule('b', []), rule('c', ['T1059'], true)], [], new Map());
    expect(covered(none)).toEqual({ covered: 0, all: TECHNIQUES.length });
    const one = coverage([rule('a', ['T1078'])], [], new Map());
    expect(covered(one).covered).toBe(1);
  });
});
