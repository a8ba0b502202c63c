// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client';
import type { SavedView } from '../../api/access';

const PATH = '/api/v1/me/views';

/** Where an earlier version kept them: in the browser alone. */
const OLD_KEY = 'torimono.views';

export interface Named {
  name: string;
  address: string;
}

/** What the browser still has of an earlier version; whatever cannot be used is left out. */
export function leftBehind(text: string | null): Named[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept)
      ? kept.filter(
          (one: Partial<Named> | null): one is Named =>
            typeof one?.name === 'string' &&
            typeof one.address === 'string' &&
            /^\/(?![/\\])/.test(one.address),
        )
      : [];
  } catch {
    return [];
  }
}

const save = (view: Named) => call<SavedView>('POST', PATH, view);

/** Views of whoever is logged in; those of the browser move there once. */
async function load(): Promise<SavedView[]> {
  const old = leftBehind(localStorage.getItem(OLD_KEY));
  if (old.length > 0) {
    const there = new Set((await call<SavedView[]>('GET', PATH)).map((view) => view.name));
    for (const view of old) {
      if (!there.has(view.name)) await save(view);
    }
    localStorage.removeItem(OLD_KEY);
  }
  return call<SavedView[]>('GET', PATH);
}

export function useSavedViews() {
  const queries = useQueryClient();
  const views = useQuery({ queryKey: ['views'], queryFn: load, staleTime: 60_000 });
  const changed = () => queries.invalidateQueries({ queryKey: ['views'] });
  return {
    views: views.data ?? [],
    error: views.error,
    save: (view: Named) => save(view).then(changed),
    forget: (id: number) => call('DELETE', `${PATH}/${id}`).then(changed),
  };
}
