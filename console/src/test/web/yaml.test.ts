// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import { yamlPlace } from '../../main/web/rules/editor/yaml-place';
import { faultRange } from '../../main/web/rules/faults';

/** The place of the bar. */
const place = (text: string) => {
  const at = text.indexOf('|');
  return yamlPlace(text.slice(0, at) + text.slice(at + 1), at);
};

describe('a place in YAML', () => {
  it('is within the value of the key of its line', () => {
    expect(place('- rule: x\n  priority: WA|')).toEqual({
      key: 'priority',
      parent: '',
      item: 'rule',
    });
    expect(place('- macro: m\n  condition: evt.|')).toMatchObject({
      key: 'condition',
      item: 'macro',
    });
  });

  it('is within a text of several lines', () => {
    expect(place('- rule: x\n  condition: >\n    evt.type = open and\n    fd.|')).toMatchObject({
      key: 'condition',
      item: 'rule',
    });
    expect(place('- rule: x\n  condition: evt.type = open and\n    fd.|')).toMatchObject({
      key: 'condition',
    });
  });

  it('is where a key is to be written', () => {
    expect(place('|')).toEqual({ key: '', parent: '', item: '' });
    expect(place('- |')).toMatchObject({ key: '', parent: '' });
    expect(place('- rule: x\n  |')).toEqual({ key: '', parent: '', item: 'rule' });
    expect(place('- rule: x\n  desc: y\n  ou|')).toMatchObject({ key: '', item: 'rule' });
    expect(place('policies:\n  - name: x\n    actions:\n      |')).toMatchObject({
      key: '',
      parent: 'actions',
    });
    expect(place('policies:\n  - name: x\n    |')).toMatchObject({ key: '', item: 'name' });
  });

  it('is an item of a list of texts, however far the dash is indented', () => {
    expect(place('- rule: x\n  tags:\n  - |')).toMatchObject({ key: 'tags', item: 'rule' });
    expect(place('policies:\n  - name: x\n    rules:\n      - Ter|')).toMatchObject({
      key: 'rules',
      item: 'name',
    });
    expect(place('- list: x\n  items: [a, |')).toMatchObject({ key: 'items', item: 'list' });
  });
});

describe('a fault in a text', () => {
  const text = '- rule: x\n  condition: evt.typ = open\n';
  const at = (line: number, column: number) => {
    const { from, to } = faultRange(text, { severity: 'error', line, column, message: '' });
    return text.slice(from, to);
  };
  it('is the word at its place', () => {
    expect(at(2, 14)).toBe('evt.typ');
    expect(at(2, 22)).toBe('=');
  });
  it('is the line where it has no column, and never beyond the text', () => {
    expect(at(1, 0)).toBe('- rule: x');
    expect(at(2, 0)).toBe('condition: evt.typ = open');
    expect(at(99, 99)).toBe('');
    expect(at(0, 0)).toBe('- rule: x');
  });
});
