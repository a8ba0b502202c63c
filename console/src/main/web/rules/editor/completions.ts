// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Completion } from '@codemirror/autocomplete';
import { FIELDS } from './fields';

export const OPERATORS =
  'and or not in intersects pmatch contains icontains startswith endswith glob iglob regex exists'.split(
    ' ',
  );

const FIELD_COMPLETIONS: Completion[] = FIELDS.map((field) => ({
  label: field.name,
  type: 'property',
  detail: field.type,
  info: field.about,
}));

/** Everything that can stand in a condition. */
export function conditionWords(names: {
  macros: ReadonlySet<string>;
  lists: ReadonlySet<string>;
}): Completion[] {
  return [
    ...FIELD_COMPLETIONS,
    ...[...names.macros].map((name) => ({ label: name, type: 'function', detail: 'macro' })),
    ...[...names.lists].map((name) => ({ label: name, type: 'constant', detail: 'list' })),
    ...OPERATORS.map((name) => ({ label: name, type: 'keyword' })),
  ];
}

/** What can stand in an output: fields behind a percent sign. */
export const outputWords: Completion[] = FIELD_COMPLETIONS;
