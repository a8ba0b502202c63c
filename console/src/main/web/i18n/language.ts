// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useSyncExternalStore } from 'react';

export type Language = 'en' | 'ja';

type Word = string | ((...values: never[]) => string);
type Same<T> = {
  [K in keyof T]: T[K] extends (...values: infer A) => string ? (...values: A) => string : string;
};

/** Words of one place in both languages; the compiler insists that neither lacks one. */
export interface Words<T> {
  en: Same<T>;
  ja: Same<T>;
}

export function words<T extends Record<string, Word>>(en: T, ja: Same<T>): Words<T> {
  return { en: en as unknown as Same<T>, ja };
}

const KEY = 'torimono.language';
const listeners = new Set<() => void>();

function first(): Language {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'en' || chosen === 'ja') return chosen;
  return navigator.language.startsWith('ja') ? 'ja' : 'en';
}

let current: Language | undefined;

export function language(): Language {
  current ??= first();
  return current;
}

export function setLanguage(next: Language): void {
  current = next;
  localStorage.setItem(KEY, next);
  document.documentElement.lang = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, language);
}

/** The words in the language of the moment. */
export function useWords<T>(of: Words<T>): Same<T> {
  return of[useLanguage()];
}
