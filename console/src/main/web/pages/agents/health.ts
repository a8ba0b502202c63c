// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Agent } from '../../api/agents';

/** Counters of an agent by name, those that are numbers. */
export function counters(agent: Agent): [string, number][] {
  return Object.entries(agent.health)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .sort(([a], [b]) => a.localeCompare(b));
}

/** Events that the agent never saw or could not tell; what its numbers call lost or dropped. */
export function losses(agent: Agent): [string, number][] {
  return counters(agent).filter(
    ([name, value]) => value > 0 && (name === 'events_lost' || /dropped$/.test(name)),
  );
}

export function lost(agent: Agent): number {
  return losses(agent).reduce((sum, [, value]) => sum + value, 0);
}

export function fact(agent: Agent, name: string): string {
  const value = agent.facts[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function tags(agent: Agent): [string, string][] {
  const value = agent.facts['tags'];
  return value && typeof value === 'object'
    ? Object.entries(value as Record<string, unknown>).map(([key, one]) => [key, String(one)])
    : [];
}

/** Whether a search finds it. */
export function matches(agent: Agent, find: string): boolean {
  const words = [
    agent.hostname,
    fact(agent, 'kernel'),
    fact(agent, 'cluster'),
    ...tags(agent).map(([key, value]) => `${key}=${value}`),
  ];
  return words.join(' ').toLowerCase().includes(find.trim().toLowerCase());
}
