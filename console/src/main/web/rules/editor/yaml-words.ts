// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Completion } from '@codemirror/autocomplete';
import { conditionWords, outputWords } from './completions';
import type { YamlPlace } from './yaml-place';

const RULE = ['desc', 'condition', 'output', 'priority', 'source', 'tags', 'exceptions', 'append'];
const POLICY =
  'description type severity enabled mode scope rules actions notify runbook exceptions limits drift malware'.split(
    ' ',
  );
const KEYS: Record<string, string[]> = {
  rule: RULE,
  macro: ['condition', 'append'],
  list: ['items', 'append'],
  name: POLICY,
  actions: ['kill_process', 'prevent', 'container', 'capture'],
  capture: ['before', 'after'],
  drift:
    'binaries volumes regex exceptions prohibited_binaries allowed_parents allowed_ancestors prohibited_parents'.split(
      ' ',
    ),
  malware: ['hashes', 'ignore_hashes', 'ignore_paths'],
};
const VALUES: Record<string, string[]> = {
  priority: 'EMERGENCY ALERT CRITICAL ERROR WARNING NOTICE INFORMATIONAL DEBUG'.split(' '),
  source: ['syscall'],
  type: ['workload', 'drift', 'malware'],
  severity: ['0', '1', '2', '3', '4', '5', '6', '7'],
  mode: ['enforce', 'monitor'],
  container: ['stop', 'pause', 'kill'],
  kill_process: ['true', 'false', 'tree'],
  enabled: ['true', 'false'],
  prevent: ['true', 'false'],
  append: ['true', 'false'],
};

/** What the collector knows by name. */
export interface Known {
  macros: ReadonlySet<string>;
  lists: ReadonlySet<string>;
  rules: readonly string[];
  tags: readonly string[];
  scopeFields: readonly string[];
  channels: readonly string[];
}

const plain = (type: string, labels: readonly string[]): Completion[] =>
  labels.map((label) => ({ label, type }));

const keys = (labels: readonly string[]): Completion[] =>
  labels.map((label) => ({ label, type: 'keyword', apply: `${label}: ` }));

/** What can stand at a place of a rules file, or of a policies file. */
export function yamlWords(place: YamlPlace, policies: boolean, known: Known): Completion[] {
  if (place.key === '') {
    const nested = KEYS[place.parent];
    if (nested && place.parent !== 'name') return keys(nested);
    if (policies) return keys(place.item === '' ? ['name'] : POLICY);
    return keys(KEYS[place.item] ?? ['rule', 'macro', 'list']);
  }
  switch (place.key) {
    case 'condition':
      return conditionWords(known);
    case 'output':
      return outputWords;
    case 'tags':
      return plain('constant', known.tags);
    case 'items':
      return plain('constant', [...known.lists]);
    case 'rules':
      return plain('constant', known.rules);
    case 'notify':
      return plain('constant', known.channels);
    case 'scope':
      return [
        ...plain('property', known.scopeFields),
        ...plain('keyword', ['and', 'or', 'not', 'in', 'contains', 'startswith']),
      ];
    default:
      return plain('constant', VALUES[place.key] ?? []);
  }
}
