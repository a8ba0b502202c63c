// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// The collector's shapes of what can be done to what an event tells of.

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
  account: string;
  reason: string;
  createdOn: number;
  outcome: string;
  message: string;
  outputs: Record<string, unknown>;
  failure: { failureReason: string; logMessage: string } | null;
  isUndoable: boolean;
  undoneBy: string;
}

export const BASE = '/secure/response-actions/v1alpha1';

export const ended = (of: Execution | undefined) =>
  of?.status === 'COMPLETED' || of?.status === 'FAILED';
