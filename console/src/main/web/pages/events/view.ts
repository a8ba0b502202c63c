// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { path } from '../../api/client';

/** What the feed shows, as it stands in the address: a link to it shows the same. */
export interface View {
  filter: string;
  /** The last so many seconds; 0 for a stretch between from and to. */
  last: number;
  fromMs: number;
  toMs: number;
  group: string;
  event: string;
}

export const DEFAULT_LAST = 86_400;
export const LASTS = [900, 3600, 21_600, 86_400, 604_800, 2_592_000];

export function parse(search: string): View {
  const query = new URLSearchParams(search);
  const fromMs = Number(query.get('from') ?? 0) || 0;
  const toMs = Number(query.get('to') ?? 0) || 0;
  const last = Number(query.get('last') ?? 0) || 0;
  return {
    filter: query.get('filter') ?? '',
    last: fromMs > 0 ? 0 : last > 0 ? last : DEFAULT_LAST,
    fromMs,
    toMs,
    group: query.get('group') ?? '',
    event: query.get('event') ?? '',
  };
}

export function address(view: View): string {
  return path('/events', {
    filter: view.filter,
    last: view.last === DEFAULT_LAST || view.last === 0 ? undefined : view.last,
    from: view.last === 0 ? view.fromMs : undefined,
    to: view.last === 0 && view.toMs > 0 ? view.toMs : undefined,
    group: view.group,
    event: view.event,
  });
}

export function useView(): [View, (change: Partial<View>, replace?: boolean) => void] {
  const search = useSearch();
  const [, go] = useLocation();
  const view = useMemo(() => parse(search), [search]);
  const change = useCallback(
    (part: Partial<View>, replace = false) => go(address({ ...view, ...part }), { replace }),
    [view, go],
  );
  return [view, change];
}

/** The stretch in ms: what is relative ends now. */
export function stretch(view: View, nowMs: number): { fromMs: number; toMs: number } {
  if (view.last > 0) return { fromMs: nowMs - view.last * 1000, toMs: nowMs };
  return { fromMs: view.fromMs, toMs: view.toMs > 0 ? view.toMs : nowMs };
}
