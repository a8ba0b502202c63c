// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// Where news go, how policies are rolled out, what is kept. /openapi.json is the whole.

export type ChannelType = 'WEBHOOK' | 'SLACK' | 'MS_TEAMS' | 'PAGER_DUTY' | 'EMAIL';

export interface Channel {
  id: number;
  name: string;
  version: number;
  type: ChannelType;
  enabled?: boolean;
  lastError: string;
  options: Record<string, unknown>;
  delivery?: { waiting: number; delivered: number; lost: number; deliveredOn: number };
}

export type ForwarderType =
  'SYSLOG' | 'WEBHOOK' | 'FILE' | 'ELASTICSEARCH' | 'OPENSEARCH' | 'SPLUNK' | 'KAFKA';

export interface Forwarder {
  id: number;
  name: string;
  version: number;
  type: ForwarderType;
  enabled: boolean;
  filter: string;
  from: 'now' | 'beginning';
  options: Record<string, unknown>;
  secretsSet: string[];
  delivery?: {
    lastError: string;
    waiting: number;
    delivered: number;
    refused: number;
    lost: number;
    behindSeconds: number;
    deliveredOn: number;
  };
}

export interface Freeze {
  days?: string[];
  from: string;
  to: string;
  zone?: string;
}

export interface RolloutPlan {
  stages?: { tags: Record<string, string>; minutes: number }[];
  freezes?: Freeze[];
}

export interface RolloutState {
  plan: RolloutPlan;
  stable: number;
  candidate: number;
  stage: number;
  stageSince: number;
  halted: string;
  pinned: number;
  frozen: boolean;
  agents: number;
  upToDate: number;
  refusing: { agentId: string; hostname: string; why: string }[];
}

export interface BundleEntry {
  number: number;
  version: string;
  createdOn: number;
  agents: number;
}

export interface Retention {
  days: number;
  maxBytes: number;
  startedDays: number;
  startedMaxBytes: number;
  changed: boolean;
  usedBytes: number;
  usedDays: number;
  treeBytes: number;
  freeBytes: number;
}
