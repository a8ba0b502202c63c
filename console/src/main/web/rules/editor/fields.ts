// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
// The catalogue that the engine itself reads: one field a line.
import catalogue from '../../../../../../rules/src/main/resources/dev/torimono/rules/field/fields.txt?raw';

export interface FieldName {
  name: string;
  type: string;
  about: string;
}

export const FIELDS: FieldName[] = catalogue
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' '))
  .filter(
    (parts) => !(parts[4] ?? '').includes('HIDDEN') && !(parts[4] ?? '').includes('PRINT_ONLY'),
  )
  .map((parts) => ({
    name: parts[1] ?? '',
    type: (parts[2] ?? '').toLowerCase(),
    about: parts.slice(6).join(' '),
  }));
