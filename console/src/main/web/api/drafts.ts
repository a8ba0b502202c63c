// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// What the collector says of what is not kept yet.

/** What is wrong with a text; lines and columns from 1, 0 for nowhere and for a whole line. */
export interface YamlFault {
  severity: 'error' | 'warning';
  line: number;
  column: number;
  message: string;
}

export type YamlKind = 'policy' | 'rule' | 'macro' | 'list';

/** An item of a text as the API takes it; `id` is that of what it takes the place of, or 0. */
export interface YamlItem {
  kind: YamlKind;
  name: string;
  line: number;
  id: number;
  version: number;
  body: Record<string, unknown>;
}

export interface YamlDraft {
  items: YamlItem[];
  faults: YamlFault[];
}

/** What became of a text, all of which is kept by now. */
export interface YamlKept {
  items: { kind: YamlKind; id: number; name: string; version: number }[];
  faults: YamlFault[];
}

/** Somewhere that a scope covers; `containerId` is empty for the host itself. */
export interface ScopePlace {
  agentId: string;
  hostName: string;
  containerId: string;
  name: string;
  image: string;
  namespace: string;
  pod: string;
  covered: 'yes' | 'unknown';
}

export interface ScopePreview {
  hosts: number;
  hostsTotal: number;
  containers: number;
  containersTotal: number;
  pods: number;
  unknown: number;
  silent: number;
  places: ScopePlace[];
}
