// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import {
  askable,
  clauses,
  fromTyped,
  is,
  isIn,
  isNot,
  joined,
  wanted,
  withClause,
} from '../../main/web/events/filter';

describe('a filter', () => {
  it('is taken apart at its outermost and only', () => {
    expect(clauses('a = "x and y" and (b = 1 or c = 2) AND not d exists')).toEqual([
      'a = "x and y"',
      '(b = 1 or c = 2)',
      'not d exists',
    ]);
    expect(clauses('')).toEqual([]);
  });

  it('with an outermost or is one part, and stays so beside others', () => {
    expect(clauses('a = 1 or b = 2 and c = 3')).toEqual(['a = 1 or b = 2 and c = 3']);
    expect(withClause('a = 1 or b = 2', 'c = "3"')).toBe('(a = 1 or b = 2) and c = "3"');
  });

  it('keeps quotes of quotes', () => {
    const clause = is('proc.cmdline', 'sh -c "a \\ b"');
    expect(clause).toBe('proc.cmdline = "sh -c \\"a \\\\ b\\""');
    expect(clauses(joined([clause, 'x = 1']))).toEqual([clause, 'x = 1']);
  });

  it('has a clause once, and loses its opposite', () => {
    expect(withClause(is('a', 'x'), is('a', 'x'))).toBe('a = "x"');
    expect(withClause(is('a', 'x'), isNot('a', 'x'))).toBe('a != "x"');
  });

  it('takes what does not look like one as words to look for', () => {
    expect(fromTyped('nc 10.0')).toBe('freeText = "nc 10.0"');
    expect(fromTyped('severity <= 3')).toBe('severity <= 3');
    expect(fromTyped('not container.name exists')).toBe('not container.name exists');
    expect(fromTyped(isIn('severity', [0, 1]))).toBe('severity in ("0", "1")');
    expect(fromTyped('  ')).toBe('');
  });
});

describe('what a begun filter lacks', () => {
  it('is a name first, then an operator, then a value', () => {
    expect(wanted('cont')).toEqual({ what: 'name', attribute: '', begun: 'cont' });
    expect(wanted('container.name ')).toEqual({
      what: 'operator',
      attribute: 'container.name',
      begun: '',
    });
    expect(wanted('container.name = "sh')).toEqual({
      what: 'value',
      attribute: 'container.name',
      begun: 'sh',
    });
  });

  it('is that of the last part', () => {
    expect(wanted('a = 1 and sev').begun).toBe('sev');
    expect(wanted('a = 1 and severity in (')).toMatchObject({
      what: 'value',
      attribute: 'severity',
    });
  });
});

describe('fields of rules', () => {
  it('can be asked for when their name is one the grammar takes', () => {
    expect(askable('proc.aname[2]')).toBe(true);
    expect(askable('evt.time')).toBe(false);
    expect(askable('drift.file')).toBe(false);
    expect(askable('proc.x y')).toBe(false);
  });
});
