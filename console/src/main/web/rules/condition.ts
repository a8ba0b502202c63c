// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { HeldPart } from '../api/events';

/** A piece of a condition, with what its name means where it has one. */
export type Piece =
  | { kind: 'text' | 'string' | 'word'; text: string }
  | { kind: 'macro' | 'list' | 'field'; text: string };

const WORDS = new Set([
  'and',
  'or',
  'not',
  'in',
  'intersects',
  'pmatch',
  'contains',
  'icontains',
  'bcontains',
  'startswith',
  'bstartswith',
  'endswith',
  'glob',
  'iglob',
  'regex',
  'exists',
  'always_true',
  'never_true',
]);

const PIECE =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_][\w.-]*(?:\[[^\]]*\])?|[^A-Za-z_"']+|["']/g;

/** Takes a condition apart so that macros, lists and fields can be told from the rest. */
export function parts(
  condition: string,
  macros: ReadonlySet<string>,
  lists: ReadonlySet<string>,
): Piece[] {
  const found: Piece[] = [];
  for (const [text] of condition.matchAll(PIECE)) {
    if (/^["']/.test(text)) found.push({ kind: 'string', text });
    else if (!/^[A-Za-z_]/.test(text)) found.push({ kind: 'text', text });
    else if (WORDS.has(text.toLowerCase())) found.push({ kind: 'word', text });
    else if (macros.has(text)) found.push({ kind: 'macro', text });
    else if (lists.has(text)) found.push({ kind: 'list', text });
    else if (/^[a-z0-9]+\.[\w.-]+/.test(text)) found.push({ kind: 'field', text });
    else found.push({ kind: 'text', text });
  }
  return found;
}

/** A stretch of a condition; with what held there. */
export interface Stretch {
  text: string;
  held?: HeldPart;
}

/** Cuts a condition where what held begins and ends; blanks at its ends are not marked. */
export function stretches(condition: string, held: readonly HeldPart[]): Stretch[] {
  const found: Stretch[] = [];
  let at = 0;
  for (const part of [...held].sort((a, b) => a.from - b.from)) {
    const text = condition.slice(part.from, part.to);
    const from = part.from + text.length - text.trimStart().length;
    const to = part.from + text.trimEnd().length;
    if (from < at || to <= from) continue;
    if (from > at) found.push({ text: condition.slice(at, from) });
    found.push({ text: condition.slice(from, to), held: part });
    at = to;
  }
  if (at < condition.length) found.push({ text: condition.slice(at) });
  return found;
}

const FIELD = /[a-z][a-z0-9]*\.[a-z][\w.]*(?:\[[^\]]*\])?/g;

/** Values of the fields that a part names, in its order. */
export function valuesIn(
  text: string,
  values: Readonly<Record<string, unknown>>,
): [string, string][] {
  const names = [...new Set([...text.matchAll(FIELD)].map(([name]) => name))];
  return names.flatMap((name): [string, string][] => {
    const value = values[name];
    return value === undefined || value === null ? [] : [[name, String(value)]];
  });
}
