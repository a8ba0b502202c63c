// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Policy, Rule } from '../../api/catalog';
import { TACTICS, TECHNIQUES, type TacticName } from './attack-data';

/** A rule that looks for a technique. */
export interface Looking {
  name: string;
  /** Sub-techniques that it names, or the technique itself. */
  techniques: string[];
  /** Whether an enabled policy has it switched on. */
  inPolicy: boolean;
  /** Alerts of the last 24 hours. */
  alerts: number;
}

export interface Technique {
  /** Empty for rules that name the tactic only. */
  id: string;
  name: string;
  rules: Looking[];
}

export interface Tactic extends TacticName {
  techniques: Technique[];
}

const TECHNIQUE = /^(T\d{4})(?:\.\d{3})?$/;

/** Tactics and techniques, and which rules look for them, as far as their tags say. */
export function coverage(
  rules: readonly Rule[],
  policies: readonly Policy[],
  counts: ReadonlyMap<string, number>,
): Tactic[] {
  const on = switchedOn(policies);
  const tactics: Tactic[] = TACTICS.map((tactic) => ({
    ...tactic,
    techniques: TECHNIQUES.filter((one) => one.tactics.includes(tactic.id)).map((one) => ({
      id: one.id,
      name: one.name,
      rules: [],
    })),
  }));
  for (const rule of rules.filter((one) => !one.details.append)) {
    const tags = rule.tags ?? [];
    const looking = {
      name: rule.name,
      inPolicy: on.names.has(rule.name) || tags.some((tag) => on.tags.has(tag)),
      alerts: counts.get(rule.name) ?? 0,
    };
    for (const [tactic, technique, named] of places(tags)) {
      place(tactics, tactic, technique).rules.push({ ...looking, techniques: named });
    }
  }
  return tactics;
}

function switchedOn(policies: readonly Policy[]): { names: Set<string>; tags: Set<string> } {
  const chosen = policies
    .filter((policy) => policy.enabled)
    .flatMap((policy) => policy.rules)
    .filter((rule) => rule.enabled !== false);
  return {
    names: new Set(chosen.map((rule) => rule.ruleName)),
    tags: new Set(chosen.map((rule) => String(rule['ruleTag'] ?? ''))),
  };
}

/** Tactic, technique and what the tags name of it; techniques stand where the tags' tactics have them. */
function places(tags: readonly string[]): [string, string, string[]][] {
  const tactics = TACTICS.filter((one) => tags.includes(one.tag) || tags.includes(one.id));
  const named = new Map<string, string[]>();
  for (const tag of tags) {
    const technique = TECHNIQUE.exec(tag)?.[1];
    if (technique) named.set(technique, [...(named.get(technique) ?? []), tag]);
  }
  const found: [string, string, string[]][] = [];
  for (const [technique, own] of named) {
    const known = TECHNIQUES.find((one) => one.id === technique)?.tactics ?? [];
    const both = tactics.map((one) => one.id).filter((id) => known.includes(id));
    const where = both.length > 0 ? both : known.length > 0 ? known : tactics.map((one) => one.id);
    found.push(...where.map((id): [string, string, string[]] => [id, technique, own]));
  }
  const without = tactics.filter((one) => !found.some(([id]) => id === one.id));
  return [...found, ...without.map((one): [string, string, string[]] => [one.id, '', []])];
}

function place(tactics: Tactic[], tacticId: string, techniqueId: string): Technique {
  const tactic = tactics.find((one) => one.id === tacticId)!;
  const there = tactic.techniques.find((one) => one.id === techniqueId);
  if (there) return there;
  const made = { id: techniqueId, name: techniqueId, rules: [] };
  tactic.techniques.push(made);
  return made;
}

/** How many techniques some rule looks for, and how many there are; those of several tactics once. */
export function covered(tactics: readonly Tactic[]): { covered: number; all: number } {
  const all = new Map<string, boolean>();
  for (const technique of tactics.flatMap((one) => one.techniques)) {
    if (technique.id === '') continue;
    all.set(technique.id, all.get(technique.id) === true || technique.rules.length > 0);
  }
  return { covered: [...all.values()].filter(Boolean).length, all: all.size };
}
