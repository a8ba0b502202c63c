// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** Where in a text of rules or policies a cursor stands. */
export interface YamlPlace {
  /** The key in whose value it stands; empty where a key is to be written. */
  key: string;
  /** The key above that one. */
  parent: string;
  /** The first key of the same item. */
  item: string;
}

interface Entry {
  indent: number;
  dash: boolean;
  key: string;
  value: string;
}

/** Keys whose value is a list of texts, a dash each. */
const LISTS = new Set(['tags', 'items', 'rules', 'notify', 'hashes', 'values']);

function entry(line: string): Entry | undefined {
  const parts = /^(\s*(?:-\s+)*)([\w-]+):(?:\s+(.*))?$/.exec(line);
  if (!parts) return undefined;
  const head = parts[1] ?? '';
  return {
    indent: head.length,
    dash: head.includes('-'),
    key: parts[2] ?? '',
    value: (parts[3] ?? '').trim(),
  };
}

/** Reads backwards from the cursor: what follows may not be YAML yet, and need not be. */
export function yamlPlace(text: string, at: number): YamlPlace {
  const lines = text.slice(0, at).split('\n');
  const last = lines.pop() ?? '';
  const above = lines.map(entry);
  const here = entry(last) ?? entry(`${last} `);
  if (here) {
    return {
      key: here.key,
      parent: parent(above, here.indent)?.key ?? '',
      item: item(above, here),
    };
  }
  const head = /^\s*(?:-\s*)*/.exec(last)?.[0] ?? '';
  const dash = head.indexOf('-');
  const column = head.length;
  const over = parent(above, dash < 0 ? column : dash + 1);
  const self = { indent: column, dash: dash >= 0, key: '', value: '' };
  if (!over) return { key: '', parent: '', item: item(above, self) };
  if (over.value !== '' || (dash >= 0 && LISTS.has(over.key))) {
    return {
      key: over.key,
      parent: parent(above, over.indent)?.key ?? '',
      item: item(above, over),
    };
  }
  return { key: '', parent: over.key, item: item(above, self) };
}

/** The nearest key that stands further left than a column. */
function parent(above: (Entry | undefined)[], column: number): Entry | undefined {
  for (let i = above.length - 1; i >= 0; i--) {
    const one = above[i];
    if (one && one.indent < column) return one;
  }
  return undefined;
}

/** The key behind the dash of the item that an entry belongs to. */
function item(above: (Entry | undefined)[], of: Entry): string {
  if (of.dash) return of.key;
  for (let i = above.length - 1; i >= 0; i--) {
    const one = above[i];
    if (one && one.dash && one.indent <= of.indent) return one.key;
  }
  return '';
}
