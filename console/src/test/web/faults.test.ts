// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import { faults, placeIn } from '../../main/web/rules/faults';

const MESSAGE = [
  'rules:3:118: error LOAD_ERR_COMPILE_CONDITION: rule "Miner started": proc.anam: no such field; did you mean proc.aname?',
  '  name in (crypto_tools) and proc.anam = x',
  '                             ^',
  '_shared/lists.yaml:9:3: warning LOAD_UNUSED_LIST: list "shell_binaries": no rule uses it',
  '  - list: shell_binaries',
  '    ^',
  '9 rules, 1 error, 1 warning',
].join('\n');

describe('what the loader says', () => {
  it('is cut to what keeps a change from being taken', () => {
    expect(faults(MESSAGE)).toContain('no such field');
    expect(faults(MESSAGE)).not.toContain('LOAD_UNUSED_LIST');
    expect(faults('name: there is one already')).toBe('name: there is one already');
  });

  it('is found in the condition, through the escapes of JSON', () => {
    const condition =
      'my_spawn and proc.name in (crypto_tools) and not proc.pname = "test me" and proc.anam = x';
    const place = placeIn(MESSAGE, 'Miner started', condition);
    expect(condition.slice(place?.from ?? 0)).toBe('proc.anam = x');
    expect(place?.message).toContain('did you mean');
  });

  it('of another key is not of the condition', () => {
    const message =
      'rules:4:57: error LOAD_ERR_YAML_VALIDATE: rule "Odd one": key \'desc\' is empty';
    expect(placeIn(message, 'Odd one', 'proc.name = sh')).toBeUndefined();
  });

  it('of another rule is not of this one', () => {
    expect(placeIn(MESSAGE, 'Other', 'a')).toBeUndefined();
  });
});
