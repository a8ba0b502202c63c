// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** Of all that the loader says, only what keeps a change from being taken. */
export function faults(message: string): string {
  const lines = message.split('\n');
  const kept: string[] = [];
  let keeping = !/^\S+:\d+:\d+: (error|warning) /.test(lines[0] ?? '');
  for (const line of lines) {
    const head = /^\S+:\d+:\d+: (error|warning) /.exec(line);
    if (head) keeping = head[1] === 'error';
    else if (/^\d+ rules?, /.test(line)) keeping = false;
    if (keeping) kept.push(line);
  }
  return kept.join('\n').trim() || message;
}

export interface Place {
  from: number;
  message: string;
}

/**
 * Where in a rule's condition the loader found fault. The collector gives the loader each rule as one
 * line of JSON whose second key is the condition, so columns are counted through JSON's escapes.
 */
export function placeIn(message: string, name: string, condition: string): Place | undefined {
  const before = `- {"rule":${JSON.stringify(name)},"condition":"`;
  for (const line of faults(message).split('\n')) {
    const found = /^rules:\d+:(\d+): error \w+: (?:rule "(?:[^"\\]|\\.)*": )?(.*)$/.exec(line);
    if (!found?.[1] || !line.includes(`"${name}"`)) continue;
    let column = Number(found[1]) - 1 - before.length;
    let at = 0;
    for (const character of condition) {
      if (column <= 0) break;
      column -= JSON.stringify(character).length - 2;
      at += character.length;
    }
    // Beyond the condition it is another key that is at fault.
    if (column > 0) continue;
    return { from: Math.min(at, condition.length), message: found[2] ?? line };
  }
  return undefined;
}
