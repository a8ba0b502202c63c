// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { ScopePlace } from '../../api/drafts';
import { clauses, joined, quoted } from '../../events/filter';

export interface Row {
  field: string;
  operator: string;
  value: string;
}

/** Fields of scopes, and by which attribute of events their values are found. */
export const SCOPE_FIELDS: [string, string][] = [
  ['container.name', 'container.name'],
  ['container.image.repository', 'container.image.repo'],
  ['container.image.tag', 'container.image.tag'],
  ['container.id', 'container.id'],
  ['k8s.ns.name', 'kubernetes.namespace.name'],
  ['k8s.pod.name', 'kubernetes.pod.name'],
  ['k8s.deployment.name', 'kubernetes.deployment.name'],
  ['k8s.cluster.name', 'kubernetes.cluster.name'],
  ['host.name', 'host.hostName'],
];

export const SCOPE_OPERATORS = ['=', '!=', 'in', 'not in', 'contains', 'startswith'];

const ROW =
  /^([\w.[\]-]+)\s*(=|!=|\bnot\s+in\b|\bin\b|\bcontains\b|\bstartswith\b|\bstarts with\b)\s*(.*)$/is;

/** The lines of a scope; undefined when it says more than lines can. */
export function rows(scope: string): Row[] | undefined {
  const found: Row[] = [];
  for (const clause of clauses(scope)) {
    const parts = ROW.exec(clause);
    if (!parts?.[1] || !parts[2]) return undefined;
    const operator = parts[2]
      .toLowerCase()
      .replace(/\s+/g, ' ')
      .replace('starts with', 'startswith');
    const value = (parts[3] ?? '').trim();
    if (operator.endsWith('in')) {
      const list = /^\((.*)\)$/s.exec(value);
      if (!list) return undefined;
      found.push({ field: parts[1], operator, value: values(list[1] ?? '').join(', ') });
    } else {
      const one = values(value);
      if (one.length > 1) return undefined;
      found.push({ field: parts[1], operator, value: one[0] ?? '' });
    }
  }
  return found;
}

function values(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s,"']+)/g)].map((one) =>
    (one[1] ?? one[2] ?? one[3] ?? '').replace(/\\(.)/g, '$1'),
  );
}

const plainWord = /^[\w./:@-]+$/;
const word = (value: string) => (plainWord.test(value) ? value : quoted(value));

export function scopeOf(lines: Row[]): string {
  return joined(
    lines.map(({ field, operator, value }) =>
      operator.endsWith('in')
        ? `${field} ${operator} (${value
            .split(',')
            .map((one) => one.trim())
            .filter(Boolean)
            .map(word)
            .join(', ')})`
        : `${field} ${operator} ${value === '' ? '""' : word(value)}`,
    ),
  );
}

const VALUE_OF: Record<string, (place: ScopePlace) => string> = {
  'container.name': (place) => place.name,
  'container.id': (place) => place.containerId,
  'container.image.repository': (place) => place.image.replace(/@.*$/, '').replace(/:[^/:]*$/, ''),
  'k8s.ns.name': (place) => place.namespace,
  'k8s.pod.name': (place) => place.pod,
  'host.name': (place) => place.hostName,
};

/** What a field is now where something runs, and was where events came from; without doubles. */
export function suggestions(
  field: string,
  places: readonly ScopePlace[],
  counted: readonly string[],
): string[] {
  const now = places.map(VALUE_OF[field] ?? (() => ''));
  return [...new Set([...now, ...counted])].filter((value) => value !== '').sort();
}
