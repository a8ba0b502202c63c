// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Rule } from '../../api/catalog';

/** A rule as rule files have it. Texts are JSON texts, which YAML reads as they are. */
export function yaml(rule: Rule): string {
  const lines = [`- rule: ${JSON.stringify(rule.name)}`];
  const add = (key: string, value: unknown) => {
    if (value === undefined || value === '') return;
    lines.push(`  ${key}: ${JSON.stringify(value)}`);
  };
  add('desc', rule.description);
  const condition = (rule.details.condition?.condition ?? '').trim();
  lines.push('  condition: >', ...condition.split('\n').map((line) => `    ${line.trim()}`));
  add('output', rule.details.output);
  add('priority', rule.details.priority);
  add('source', rule.details.source);
  add('tags', rule.tags);
  if ((rule.details.exceptions ?? []).length > 0) add('exceptions', rule.details.exceptions);
  return lines.join('\n');
}
