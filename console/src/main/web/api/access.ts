// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// Who may log in and what they did. /openapi.json is the whole.

export type Role = 'viewer' | 'analyst' | 'admin';

export interface Account {
  name: string;
  role: Role;
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
