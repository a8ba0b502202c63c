// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// Policies, and what they are made of. /openapi.json is the whole.

/** What documents of the catalogue have in common. */
export interface Doc {
  id: number;
  name: string;
  version: number;
  createdOn: number;
  modifiedOn: number;
  origin?: string;
  isDefault?: boolean;
  readOnly?: boolean;
}

export interface PolicyAction {
  type: string;
  [more: string]: unknown;
}

/** What a policy neither acts on nor tells. */
export interface PolicyException {
  name: string;
  rules?: string[];
  scope?: string;
  when?: string;
  reason?: string;
  owner?: string;
  expires?: string;
  [more: string]: unknown;
}

export interface Policy extends Doc {
  description: string;
  severity: number;
  enabled: boolean;
  type: 'falco' | 'drift' | 'malware';
  scope: string;
  rules: { ruleName: string; enabled: boolean; [more: string]: unknown }[];
  ruleNames?: string[];
  actions: PolicyAction[];
  notificationChannelIds: number[];
  runbook?: string;
  mode?: 'enforce' | 'monitor';
  exceptions?: PolicyException[];
  /** Whether one that ships was changed here; and what was changed of it, as it ships. */
  modified?: boolean;
  shipped?: Partial<Policy>;
  [more: string]: unknown;
}

export interface Rule extends Doc {
  description: string;
  tags: string[];
  details: {
    ruleType: string;
    append?: boolean;
    source?: string;
    output?: string;
    priority?: string;
    condition?: { condition: string };
    exceptions?: unknown[];
    [more: string]: unknown;
  };
}

export interface FalcoList extends Doc {
  append: boolean;
  items: { items: (string | number)[] };
}

export interface Macro extends Doc {
  append: boolean;
  condition: { condition: string };
}
