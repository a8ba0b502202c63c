// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// What agents are asked to do. /openapi.json is the whole.

const BASE = '/secure/response-actions/v1alpha1';
export const OFFERS = `${BASE}/actions`;
export const EXECUTIONS = `${BASE}/action-executions`;

export interface Offer {
  actionType: string;
  isUndoable: boolean;
  isDestructive: boolean;
  parameters: { name: string; required: boolean; value?: string }[];
  available: boolean;
  unavailableReason: string;
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
  failure: { failureReason: string; logMessage: string } | null;
  isUndoable: boolean;
  /** Why what was done has no way back, though others of its kind have. */
  notUndoableReason: string;
  /** Its agent has not fetched it. */
  isCancellable: boolean;
  undoOf: string;
  undoneBy: string;
}
