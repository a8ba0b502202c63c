// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

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
