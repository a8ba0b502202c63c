// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { YamlFault } from '../api/drafts';

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

/** Characters of a text at a fault: the word that stands there, or the line where it is all of it. */
export function faultRange(text: string, fault: YamlFault): { from: number; to: number } {
  const lines = text.split('\n');
  const line = Math.min(Math.max(fault.line, 1), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const whole = lines[line - 1] ?? '';
  const blanks = whole.length - whole.trimStart().length;
  if (fault.column <= 0) return { from: start + blanks, to: start + Math.max(whole.length, 1) };
  const from = Math.min(fault.column - 1, whole.length);
  const word = /^[\w.[\]-]+|^./u.exec(whole.slice(from))?.[0] ?? ' ';
  return { from: start + from, to: start + from + word.length };
}
