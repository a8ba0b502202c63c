// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Freeze, RolloutPlan } from '../../../api/settings';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** A plan as its form shows it. Every row has a key of its own, so that removing one moves none. */
export interface Draft {
  stages: { key: number; tags: string; minutes: string; waits: boolean }[];
  freezes: FreezeDraft[];
}

export interface FreezeDraft {
  key: number;
  weekly: boolean;
  days: Day[];
  from: string;
  to: string;
  zone: string;
}

let keys = 0;
const key = () => ++keys;

/** What a field for local times wants: "2026-12-24T09:00". */
function local(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function draft(plan: RolloutPlan): Draft {
  return {
    stages: (plan.stages ?? []).map((stage) => ({
      key: key(),
      tags: Object.entries(stage.tags)
        .map(([name, value]) => `${name}=${value}`)
        .join(', '),
      minutes: stage.minutes < 0 ? '' : String(stage.minutes),
      waits: stage.minutes < 0,
    })),
    freezes: (plan.freezes ?? []).map((freeze) => ({
      key: key(),
      weekly: freeze.days !== undefined,
      days: DAYS.filter((day) => freeze.days?.includes(day)),
      from: freeze.days ? freeze.from : local(freeze.from),
      to: freeze.days ? freeze.to : local(freeze.to),
      zone: freeze.zone ?? '',
    })),
  };
}

export const newStage = () => ({ key: key(), tags: '', minutes: '60', waits: false });

export const newFreeze = (weekly: boolean): FreezeDraft => ({
  key: key(),
  weekly,
  days: weekly ? ['fri'] : [],
  from: weekly ? '18:00' : '',
  to: weekly ? '06:00' : '',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
});

/** "ring=canary, site=tokyo" as tags; what is no pair is told. */
export function tags(text: string): { tags: Record<string, string>; wrong: string } {
  const found: Record<string, string> = {};
  for (const part of text.split(/[,\n]/)) {
    const pair = part.trim();
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    if (equals <= 0) return { tags: {}, wrong: pair };
    found[pair.slice(0, equals).trim()] = pair.slice(equals + 1).trim();
  }
  return { tags: found, wrong: '' };
}

/** What is sent; the collector says what is wrong with it. */
export function plan(of: Draft): RolloutPlan {
  return {
    stages: of.stages.map((stage) => ({
      tags: tags(stage.tags).tags,
      minutes: stage.waits ? -1 : Number(stage.minutes || '0'),
    })),
    freezes: of.freezes.map(freeze),
  };
}

function freeze(of: FreezeDraft): Freeze {
  if (of.weekly) return { days: of.days, from: of.from, to: of.to, zone: of.zone || 'UTC' };
  const moment = (text: string) => {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? text : at.toISOString();
  };
  return { from: moment(of.from), to: moment(of.to) };
}
