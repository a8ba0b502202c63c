// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// What happened, and what people make of it. /openapi.json is the whole.

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
