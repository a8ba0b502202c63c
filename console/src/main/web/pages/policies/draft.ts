// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Policy, PolicyAction, PolicyException } from '../../api/catalog';
import { isShipped } from '../../rules/shipped';
import { level, LEVEL_SEVERITY, type Level } from '../../parts/severity';

export type ContainerAction =
  '' | 'POLICY_ACTION_STOP' | 'POLICY_ACTION_PAUSE' | 'POLICY_ACTION_KILL';

/** A policy as its editor has it; what the editor does not show is kept in `rest`. */
export interface Draft {
  type: Policy['type'];
  name: string;
  description: string;
  severity: Level;
  enabled: boolean;
  mode: 'enforce' | 'monitor';
  scope: string;
  rules: { ruleName: string; enabled: boolean }[];
  kill: boolean;
  prevent: boolean;
  container: ContainerAction;
  capture: boolean;
  before: number;
  after: number;
  volumes: boolean;
  regex: boolean;
  prohibited: string;
  exceptions: string;
  allowedParents: string;
  allowedAncestors: string;
  prohibitedParents: string;
  hashes: string;
  channels: number[];
  runbook: string;
  exempt: PolicyException[];
  rest: Policy | undefined;
}

const KILL = 'POLICY_ACTION_KILL_PROCESS';
const PREVENTS = ['POLICY_ACTION_PREVENT_DRIFT', 'POLICY_ACTION_PREVENT_MALWARE'];
const CAPTURE = 'POLICY_ACTION_CAPTURE';
const CONTAINERS = ['POLICY_ACTION_STOP', 'POLICY_ACTION_PAUSE', 'POLICY_ACTION_KILL'];
const NS = 1e9;

export function empty(type: Policy['type']): Draft {
  return {
    type,
    name: '',
    description: '',
    severity: 'high',
    enabled: true,
    mode: 'enforce',
    scope: '',
    rules: [],
    kill: false,
    prevent: false,
    container: '',
    capture: false,
    before: 10,
    after: 20,
    volumes: false,
    regex: false,
    prohibited: '',
    exceptions: '',
    allowedParents: '',
    allowedAncestors: '',
    prohibitedParents: '',
    hashes: '',
    channels: [],
    runbook: '',
    exempt: [],
    rest: undefined,
  };
}

type Details = Record<string, { items?: unknown[] } | boolean | string | unknown[] | undefined>;

function lines(details: Details, name: string): string {
  const list = details[name];
  const items = Array.isArray(list)
    ? list
    : typeof list === 'object' && list !== null
      ? (list.items ?? Object.keys(list))
      : [];
  return items.map(String).join('\n');
}

export function draftOf(policy: Policy): Draft {
  const details = ((policy.rules[0] as { details?: Details } | undefined)?.details ??
    {}) as Details;
  const types = policy.actions.map((action) => action.type);
  const capture = policy.actions.find((action) => action.type === CAPTURE);
  const seconds = (name: string, fallback: number) =>
    typeof capture?.[name] === 'number' ? Math.floor((capture[name] as number) / NS) : fallback;
  return {
    ...empty(policy.type),
    name: policy.name,
    description: policy.description,
    severity: level(policy.severity),
    enabled: policy.enabled,
    mode: policy.mode === 'monitor' ? 'monitor' : 'enforce',
    scope: policy.scope,
    rules:
      policy.type === 'falco'
        ? policy.rules.map((rule) => ({ ruleName: rule.ruleName, enabled: rule.enabled }))
        : [],
    kill: types.includes(KILL),
    prevent: types.some((type) => PREVENTS.includes(type)),
    container: (types.find((type) => CONTAINERS.includes(type)) ?? '') as ContainerAction,
    capture: capture !== undefined,
    before: seconds('beforeEventNs', 10),
    after: seconds('afterEventNs', 20),
    volumes: details['mountedVolumeDriftEnabled'] === true,
    regex: details['useRegex'] === true,
    prohibited: lines(details, 'prohibitedBinaries'),
    exceptions: lines(details, 'exceptionList'),
    allowedParents: lines(details, 'allowlistProcess'),
    allowedAncestors: lines(details, 'allowlistAncestors'),
    prohibitedParents: lines(details, 'denylistProcess'),
    hashes: lines(details, 'additionalHashes'),
    channels: policy.notificationChannelIds,
    runbook: policy.runbook ?? '',
    exempt: policy.exceptions ?? [],
    rest: policy,
  };
}

const items = (text: string) => ({
  items: text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
});

/** A new policy that begins as another is; what is said of a shipped one is not true of its copy. */
export function copyOf(policy: Policy, name: string): Draft {
  return { ...draftOf(policy), name, rest: undefined };
}

/** What is sent; a policy that is changed keeps the keys the editor does not show. */
export function bodyOf(draft: Draft): Record<string, unknown> {
  const old = draft.rest;
  const fixed = old !== undefined && isShipped(old);
  const actions: PolicyAction[] = (old?.actions ?? []).filter(
    (action) => ![KILL, CAPTURE, ...PREVENTS, ...CONTAINERS].includes(action.type),
  );
  if (draft.kill) actions.push({ type: KILL });
  if (draft.prevent) {
    actions.push({ type: draft.type === 'malware' ? PREVENTS[1]! : PREVENTS[0]! });
  }
  if (draft.container) actions.push({ type: draft.container });
  if (draft.capture) {
    actions.push({
      type: CAPTURE,
      beforeEventNs: draft.before * NS,
      afterEventNs: draft.after * NS,
    });
  }
  const sameLevel = old && level(old.severity) === draft.severity;
  return {
    ...(old ?? {}),
    type: draft.type,
    name: draft.name.trim(),
    description: fixed ? old.description : draft.description.trim() || draft.name.trim(),
    severity: sameLevel ? old.severity : LEVEL_SEVERITY[draft.severity],
    enabled: draft.enabled,
    mode: draft.mode,
    scope: draft.scope.trim(),
    actions,
    rules: rulesOf(draft),
    ruleNames: fixed
      ? old.ruleNames
      : draft.type === 'falco'
        ? draft.rules.map((rule) => rule.ruleName)
        : [],
    notificationChannelIds: draft.channels,
    runbook: draft.runbook.trim(),
    ...(draft.exempt.length > 0 || old?.exceptions ? { exceptions: draft.exempt } : {}),
  };
}

function rulesOf(draft: Draft): unknown[] {
  const old = draft.rest?.rules ?? [];
  if (draft.type === 'falco') {
    return draft.rules.map((rule) => ({
      ...(old.find((one) => one.ruleName === rule.ruleName) ?? {}),
      ...rule,
    }));
  }
  // What counts as drift or malware is as it ships.
  if (draft.rest && isShipped(draft.rest)) return old;
  const first = (old[0] ?? {}) as Record<string, unknown>;
  const details = (first['details'] ?? {}) as Record<string, unknown>;
  const set =
    draft.type === 'drift'
      ? {
          ruleType: 'DRIFT',
          mode: 'enabled',
          mountedVolumeDriftEnabled: draft.volumes,
          useRegex: draft.regex,
          prohibitedBinaries: items(draft.prohibited),
          exceptionList: items(draft.exceptions),
          allowlistProcess: items(draft.allowedParents),
          allowlistAncestors: items(draft.allowedAncestors),
          denylistProcess: items(draft.prohibitedParents),
        }
      : { ruleType: 'MALWARE', additionalHashes: items(draft.hashes) };
  return [{ ruleName: draft.type, enabled: true, ...first, details: { ...details, ...set } }];
}

export type Does = 'prevent' | 'kill' | 'stop' | 'pause' | 'killContainer' | 'capture';

/** What a policy asks for, the strongest first; nothing when it only detects. */
export function does(policy: Policy): Does[] {
  const names: [string, Does][] = [
    [PREVENTS[0]!, 'prevent'],
    [PREVENTS[1]!, 'prevent'],
    [KILL, 'kill'],
    ['POLICY_ACTION_KILL', 'killContainer'],
    ['POLICY_ACTION_STOP', 'stop'],
    ['POLICY_ACTION_PAUSE', 'pause'],
    [CAPTURE, 'capture'],
  ];
  const types = policy.actions.map((action) => action.type);
  return names.filter(([type]) => types.includes(type)).map(([, does]) => does);
}
