// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// Filters are texts in the API's grammar; the server judges them. Here they are only taken apart at
// their outermost "and", to show the parts as chips, and put together again.

interface Token {
  text: string;
  from: number;
  to: number;
  quoted: boolean;
}

function tokens(filter: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < filter.length) {
    const c = filter.charAt(at);
    const from = at;
    if (/\s/.test(c)) {
      at++;
      continue;
    }
    if (c === '"' || c === "'") {
      at++;
      while (at < filter.length && filter.charAt(at) !== c)
        at += filter.charAt(at) === '\\' ? 2 : 1;
      at = Math.min(at + 1, filter.length);
    } else if ('()=!<>,'.includes(c)) {
      at++;
      if ('!<>'.includes(c) && filter.charAt(at) === '=') at++;
    } else {
      while (at < filter.length && !/[\s()=!<>,"']/.test(filter.charAt(at))) at++;
    }
    found.push({ text: filter.slice(from, at), from, to: at, quoted: c === '"' || c === "'" });
  }
  return found;
}

/** The parts that must all hold. A filter with an outermost "or" is one part. */
export function clauses(filter: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (const token of tokens(filter)) {
    if (token.quoted) continue;
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (depth === 0 && token.text.toLowerCase() === 'or') return [filter.trim()];
    if (depth === 0 && token.text.toLowerCase() === 'and') {
      found.push(filter.slice(from, token.from));
      from = token.to;
    }
  }
  found.push(filter.slice(from));
  return found.map((part) => part.trim()).filter((part) => part !== '');
}

export function joined(parts: string[]): string {
  if (parts.length <= 1) return parts[0] ?? '';
  return parts.map((part) => (hasOr(part) ? `(${part})` : part)).join(' and ');
}

function hasOr(part: string): boolean {
  let depth = 0;
  return tokens(part).some((token) => {
    if (token.quoted) return false;
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    return depth === 0 && token.text.toLowerCase() === 'or';
  });
}

export function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** Values beyond this many characters are found by their beginning only. */
const MAX_VALUE_CHARS = 1000;

export function is(attribute: string, value: string): string {
  return `${attribute} = ${quoted(value.slice(0, MAX_VALUE_CHARS))}`;
}

export function isNot(attribute: string, value: string): string {
  return `${attribute} != ${quoted(value.slice(0, MAX_VALUE_CHARS))}`;
}

export function isIn(attribute: string, values: (string | number)[]): string {
  return `${attribute} in (${values.map((value) => quoted(String(value))).join(', ')})`;
}

/** With a clause more; its opposite and its equal go. */
export function withClause(filter: string, clause: string): string {
  const opposite = clause.includes(' != ')
    ? clause.replace(' != ', ' = ')
    : clause.replace(' = ', ' != ');
  const rest = clauses(filter).filter((part) => part !== clause && part !== opposite);
  return joined([...rest, clause]);
}

/** What was typed: a filter when it looks like one, else words to look for. */
export function fromTyped(text: string): string {
  const typed = text.trim();
  if (typed === '') return '';
  const looks =
    /^\(*\s*(not\s+)?[\w.[\]-]+\s*(=|!=|<|>|\b(not\s+)?(in|contains|startsWith|starts with|exists)\b)/i;
  return looks.test(typed) ? typed : `freeText = ${quoted(typed)}`;
}

const FAMILIES = ['proc.', 'fd.', 'evt.', 'user.', 'group.', 'k8s.', 'container.', 'thread.'];

/** Whether the store can be asked for a field of a rule's output by its own name. */
export function askable(field: string): boolean {
  return (
    FAMILIES.some((family) => field.startsWith(family)) &&
    /^[\w.[\]-]+$/.test(field) &&
    field !== 'evt.time'
  );
}

/** What the part of a filter before the cursor lacks: a name, an operator, or a value. */
export function wanted(typed: string): {
  what: 'name' | 'operator' | 'value';
  attribute: string;
  begun: string;
} {
  const part =
    /(?:^|\s(?:and|or)\s|\()\s*((?:(?!\s(?:and|or)\s)[^(]|\((?=[^)]*$))*)$/i.exec(typed)?.[1] ??
    typed;
  const value =
    /^(?:not\s+)?([\w.[\]-]+)\s*(?:=|!=|(?:not\s+)?contains|(?:not\s+)?startsWith|(?:not\s+)?in\s*\(.*?)\s*"?([^"]*)$/i.exec(
      part,
    );
  if (value?.[1] !== undefined)
    return { what: 'value', attribute: value[1], begun: value[2] ?? '' };
  const operator = /^(?:not\s+)?([\w.[\]-]+)\s+(\S*)$/.exec(part);
  if (operator?.[1] !== undefined) {
    return { what: 'operator', attribute: operator[1], begun: operator[2] ?? '' };
  }
  return { what: 'name', attribute: '', begun: part.replace(/^not\s+/i, '').trim() };
}
