// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import { parts } from '../../main/web/rules/condition';

describe('a condition', () => {
  const macros = new Set(['open_write']);
  const lists = new Set(['malicious_filenames', 'user_known_filenames']);
  const condition =
    'open_write and fd.filename in (malicious_filenames) and not proc.name = "open_write"';

  it('tells macros, lists, fields and texts apart', () => {
    const found = parts(condition, macros, lists);
    const of = (kind: string) => found.filter((one) => one.kind === kind).map((one) => one.text);
    expect(of('macro')).toEqual(['open_write']);
    expect(of('list')).toEqual(['malicious_filenames']);
    expect(of('field')).toEqual(['fd.filename', 'proc.name']);
    expect(of('string')).toEqual(['"open_write"']);
  });

  it('loses no character', () => {
    for (const text of [condition, "a[1] = 'x", 'proc.aname[2]!=(\n"q\\"']) {
      expect(
        parts(text, macros, lists)
          .map((one) => one.text)
          .join(''),
      ).toBe(text);
    }
  });
});
