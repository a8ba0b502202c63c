// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useSyncExternalStore } from 'react';

export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'torimono.theme';
const listeners = new Set<() => void>();
const system = window.matchMedia('(prefers-color-scheme: dark)');

export function theme(): Theme {
  const chosen = localStorage.getItem(KEY);
  return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
}

function effective(): 'light' | 'dark' {
  const chosen = theme();
  if (chosen !== 'auto') return chosen;
  return system.matches ? 'dark' : 'light';
}

export function applyTheme(): void {
  document.documentElement.dataset['theme'] = effective();
  listeners.forEach((listener) => listener());
}

export function setTheme(next: Theme): void {
  localStorage.setItem(KEY, next);
  applyTheme();
}

system.addEventListener('change', applyTheme);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, theme);
}
