// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import { parts, stretches, valuesIn } from '../../main/web/rules/condition';

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

describe('what held of a condition', () => {
  const text = 'opens and (a.b = 1 or c.d = 2)';
  const at = (part: string, test = '') => {
    const from = text.indexOf(part);
    return { from, to: from + part.length, test };
  };

  it('is cut out of it, and no character is lost', () => {
    const found = stretches(text, [at('a.b = 1 '), at('opens', 'evt.type = open')]);
    expect(found.map((one) => one.text).join('')).toBe(text);
    expect(found.filter((one) => one.held).map((one) => one.text)).toEqual(['opens', 'a.b = 1']);
  });

  it('is left out where it has no place, or another one is', () => {
    const found = stretches(text, [
      { from: 0, to: 0, test: 'a' },
      at('opens and'),
      at('and'),
      { from: 900, to: 910, test: '' },
    ]);
    expect(found.filter((one) => one.held).map((one) => one.text)).toEqual(['opens and']);
    expect(found.map((one) => one.text).join('')).toBe(text);
  });

  it('has the values of the fields that it names', () => {
    const values = { 'a.b': 'x', 'c.d': null, 'proc.aname[2]': 3 };
    expect(valuesIn('a.b = c.d and proc.aname[2] exists and a.b = 4', values)).toEqual([
      ['a.b', 'x'],
      ['proc.aname[2]', '3'],
    ]);
  });
});
