// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// The shapes of the collector's API as far as the console reads them; /openapi.json is the whole.

export type Role = 'viewer' | 'analyst' | 'admin';

export interface Account {
  name: string;
  role: Role;
}

export interface ActionResult {
  type: string;
  isSuccessful: boolean;
  errMsg?: string;
  status?: string;
  reason?: string;
  latencyMs?: number;
}

export interface Ancestor {
  pid?: number;
  name?: string;
  exe?: string;
  cmdline?: string;
  user?: string;
  uid?: number;
  tty?: string | number;
  container?: string;
  start?: string;
  [more: string]: unknown;
}

export interface PolicyOfEvent {
  name?: string;
  type?: string;
  severity?: number;
  mode?: string;
  runbook?: string;
  effective?: string;
  [more: string]: unknown;
}

export type EventStatus = 'open' | 'acknowledged' | 'closed' | 'muted';

export interface EventState {
  status: EventStatus;
  by: string;
  at: number;
  reason: string;
  muteId?: number;
  comments: { id: number; by: string; at: number; text: string }[];
  history: { status: EventStatus; by: string; at: number; reason: string }[];
}

/** A part of a condition that held; `test` says what of a macro did. */
export interface HeldPart {
  from: number;
  to: number;
  test: string;
}

/** Why a rule matched: its condition at that time, and what of it held. */
export interface Grounds {
  condition: string;
  parts: HeldPart[];
  values: Record<string, string | null>;
}

export interface SecureEvent {
  id: string;
  cursor?: string;
  timestamp: number;
  timestampRFC3339Nano: string;
  name: string;
  severity: number;
  source: string;
  engine: 'falco' | 'drift' | 'malware';
  agentId: string;
  containerId: string;
  actions: ActionResult[];
  content: {
    ruleName: string;
    rulePriority: string;
    ruleTags: string[];
    output: string;
    fields: Record<string, unknown>;
    policies: PolicyOfEvent[];
    lineage: Ancestor[];
    runBook?: string;
    grounds?: Grounds;
  };
  labels: Record<string, string>;
  state?: EventState;
  incidentId?: string;
}

export interface EventPage {
  data: SecureEvent[];
  page: { total: number; prev?: string; next?: string };
}

export interface Count {
  value: string;
  count: number;
}

export interface Stretch {
  from: number;
  counts: Record<string, number>;
}

export interface FilterAttribute {
  attribute: string;
  type: 'string' | 'number';
  operands: string[];
}

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

export interface Agent {
  id: string;
  hostname: string;
  enrolledOn: number;
  status: 'connected' | 'silent' | 'revoked';
  lastSeen: number;
  bundleInForce: string;
  upToDate: boolean;
  bundleRefused: string;
  /** What it counted in the last day. */
  lastDay?: { events: number; alerts: number; lost: number; dropped: number; misses: number };
  diagnosis?: { at: number; problems: number; notes: number };
  facts: Record<string, unknown>;
  health: Record<string, unknown>;
}

/** What runs on an agent's machine; times are ms since the epoch, 0 for never. */
export interface AgentContainer {
  id: string;
  name: string;
  runtime: string;
  image: string;
  namespace: string;
  pod: string;
  createdOn: number;
  pending: boolean;
  armed: boolean;
  armedSince: number;
  mounts: number;
  storage: string;
  trouble: string;
}

export interface AgentContainers {
  known: boolean;
  total: number;
  containers: AgentContainer[];
}

export type Quantity = 'events' | 'alerts' | 'lost' | 'dropped' | 'misses' | 'waiting' | 'heap';

export interface AgentTrends {
  from: number;
  stepSeconds: number;
  values: Partial<Record<Quantity, (number | null)[]>>;
}

export interface AgentDiagnosis {
  at: number;
  diagnosis: Record<string, unknown>;
}

export interface ApiToken {
  id: number;
  name: string;
  account: string;
  createdOn: number;
}

export interface AccessKey {
  id: number;
  name: string;
  purpose: 'enrol' | 'ingest';
  createdOn: number;
  revoked: boolean;
}

export interface Mute {
  id: number;
  filter: string;
  reason: string;
  expiresOn: number;
  createdBy: string;
  createdOn: number;
  hidden: number;
  active: boolean;
}

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

export interface SavedView {
  id: number;
  name: string;
  address: string;
}

export interface AuditEntry {
  at: number;
  account: string;
  address: string;
  method: string;
  path: string;
  status: number;
  detail: string;
}

export interface Execution {
  id: string;
  actionType: string;
  status: 'ENQUEUED' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  dryRun: boolean;
  parameters: Record<string, unknown>;
  agentId: string;
  hostName: string;
  eventId: string;
  account: string;
  reason: string;
  createdOn: number;
  endedOn: number;
  outcome: string;
  message: string;
  outputs?: Record<string, string>;
  /** Of a file that was acquired: bytes that were handed in; -1 for none. */
  fileBytes?: number;
  isUndoable: boolean;
  undoOf: string;
  undoneBy: string;
}

export interface Incident {
  id: string;
  kind: 'container' | 'tree';
  title: string;
  first: number;
  last: number;
  severity: number;
  count: number;
  status: EventStatus;
  open: number;
  acknowledged: number;
  closed: number;
  rules: { name: string; count: number }[];
  policies: { name: string; count: number }[];
  actions: { name: string; count: number }[];
  agentId: string;
  hostName: string;
  containerId: string;
  containerName: string;
  image: string;
  namespace: string;
  pod: string;
  process: string;
  lastEventId: string;
}
