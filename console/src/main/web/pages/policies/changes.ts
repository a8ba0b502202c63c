// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Policy } from '../../api/catalog';

/** Keys that are the owner's in a policy that ships, in the order of its form. */
export const OWNED = [
  'severity',
  'mode',
  'enabled',
  'scope',
  'actions',
  'exceptions',
  'notificationChannelIds',
  'runbook',
  'limits',
] as const;

export type Owned = (typeof OWNED)[number];

/** What a key is when nobody says. */
const USUAL: Partial<Record<Owned, unknown>> = {
  mode: 'enforce',
  scope: '',
  actions: [],
  exceptions: [],
  notificationChannelIds: [],
  runbook: '',
  limits: {},
};

export type Change =
  { key: Owned; ships: Policy; here: Policy } | { key: 'rule'; rule: string; enabled: boolean };

/** A policy as it ships: the collector tells of it what was changed. */
export function shippedOf(policy: Policy): Policy {
  const ships = policy.shipped ?? {};
  const enabled = new Map((ships.rules ?? []).map((rule) => [rule.ruleName, rule.enabled]));
  return {
    ...policy,
    ...ships,
    rules: policy.rules.map((rule) => ({
      ...rule,
      enabled: enabled.get(rule.ruleName) ?? rule.enabled,
    })),
  };
}

/** What is other in a policy than as it ships. */
export function changes(here: Policy, ships: Policy): Change[] {
  const other = OWNED.filter((key) => !same(here[key] ?? USUAL[key], ships[key] ?? USUAL[key]));
  const rules = here.rules.filter(
    (rule) => ships.rules.find((one) => one.ruleName === rule.ruleName)?.enabled === !rule.enabled,
  );
  return [
    ...other.map((key) => ({ key, ships, here })),
    ...rules.map((rule) => ({ key: 'rule', rule: rule.ruleName, enabled: rule.enabled }) as const),
  ];
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
