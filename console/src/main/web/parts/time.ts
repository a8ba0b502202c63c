// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Language } from '../i18n/language';

const NS_PER_MS = 1e6;

export const ms = (ns: number): number => Math.floor(ns / NS_PER_MS);
export const ns = (milliseconds: number): number => milliseconds * NS_PER_MS;

const locale = (language: Language): string => (language === 'ja' ? 'ja-JP' : 'en-GB');

interface Formats {
  time: Intl.DateTimeFormat;
  day: Intl.DateTimeFormat;
  full: Intl.DateTimeFormat;
  ago: Intl.RelativeTimeFormat;
}

const made: Partial<Record<Language, Formats>> = {};

/** Made once: making one takes longer than drawing the row it is for. */
function formats(language: Language): Formats {
  const known = made[language];
  if (known) return known;
  const of = locale(language);
  return (made[language] = {
    time: new Intl.DateTimeFormat(of, { timeStyle: 'medium', hour12: false }),
    day: new Intl.DateTimeFormat(of, { month: 'short', day: 'numeric' }),
    full: new Intl.DateTimeFormat(of, { dateStyle: 'medium', timeStyle: 'medium', hour12: false }),
    ago: new Intl.RelativeTimeFormat(of, { numeric: 'auto', style: 'short' }),
  });
}

function sameDay(a: Date, b: Date): boolean {
  return (
    a.getDate() === b.getDate() &&
    a.getMonth() === b.getMonth() &&
    a.getFullYear() === b.getFullYear()
  );
}

export function clock(atMs: number, language: Language, now = Date.now()): string {
  const at = new Date(atMs);
  const time = formats(language).time.format(at);
  return sameDay(at, new Date(now)) ? time : `${formats(language).day.format(at)} ${time}`;
}

export function full(atMs: number, language: Language): string {
  return formats(language).full.format(atMs);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** "3 minutes ago". */
export function ago(atMs: number, language: Language, now = Date.now()): string {
  const format = formats(language).ago;
  const away = atMs - now;
  for (const [unit, size] of STEPS) {
    if (Math.abs(away) >= size) return format.format(Math.trunc(away / size), unit);
  }
  return format.format(0, 'second');
}

/** The same by a clock that may be late: what seems a little ahead has only just been. */
export function agoBy(atMs: number, language: Language, clockMs: number, lateMs: number): string {
  const ahead = atMs - clockMs;
  return ago(atMs, language, ahead > 0 && ahead < lateMs ? atMs : clockMs);
}

/** A stretch of time in two units at most: "2 h 5 min", "130 ms". */
export function span(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size < 1) return `${(milliseconds * 1000).toFixed(0)} µs`;
  if (size < 1000) return `${milliseconds.toFixed(size < 10 ? 1 : 0)} ms`;
  if (size < 60_000) return `${(milliseconds / 1000).toFixed(size < 10_000 ? 1 : 0)} s`;
  if (size < 3_600_000) {
    return `${Math.floor(size / 60_000)} min ${Math.floor((size % 60_000) / 1000)} s`;
  }
  if (size < 86_400_000) {
    return `${Math.floor(size / 3_600_000)} h ${Math.floor((size % 3_600_000) / 60_000)} min`;
  }
  return `${Math.floor(size / 86_400_000)} d ${Math.floor((size % 86_400_000) / 3_600_000)} h`;
}
