// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// Agents, and what runs on their machines. /openapi.json is the whole.

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
