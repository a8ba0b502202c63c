// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { call } from '../api/client';
import type { YamlItem, YamlKind } from '../api/drafts';

const PATHS: Record<YamlKind, string> = {
  list: '/api/secure/falco/lists',
  macro: '/api/secure/falco/macros',
  rule: '/api/secure/rules',
  policy: '/api/v2/policies',
};
const ORDER: YamlKind[] = ['list', 'macro', 'rule', 'policy'];

/** What is named comes before what names it. */
export function inOrder(items: readonly YamlItem[]): YamlItem[] {
  return [...items].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/** Keeps items one by one; where one is refused, the message says what was kept before it. */
export async function keep(items: readonly YamlItem[]): Promise<YamlItem[]> {
  const kept: YamlItem[] = [];
  for (const item of inOrder(items)) {
    const body = { ...item.body, name: item.name };
    try {
      const made = await (item.id === 0
        ? call<{ id: number; version: number }>('POST', PATHS[item.kind], body)
        : call<{ id: number; version: number }>('PUT', `${PATHS[item.kind]}/${item.id}`, {
            ...body,
            version: item.version,
          }));
      kept.push({ ...item, id: made.id, version: made.version });
    } catch (e) {
      const before = kept.map((one) => one.name).join(', ');
      const message = e instanceof Error ? e.message : String(e);
      throw new Error(
        `${item.kind} ${item.name}: ${message}${before === '' ? '' : `\n(kept before it: ${before})`}`,
      );
    }
  }
  return kept;
}
