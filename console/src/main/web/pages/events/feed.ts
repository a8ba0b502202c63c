// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import {
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { call, path } from '../../api/client';
import type { EventPage, SecureEvent } from '../../api/events';
import { ns } from '../../parts/time';
import { stretch, type View } from './view';

const PAGE = 200;
const NEW_AT_MOST = 500;
const LOOK_EVERY_MS = 3000;

export interface Feed {
  events: SecureEvent[];
  total: number;
  pending: boolean;
  error: unknown;
  retry: () => void;
  more: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  /** Those that came since; they join the list when asked to. */
  fresh: SecureEvent[];
  freshAtMost: boolean;
  takeFresh: () => void;
  replace: (event: SecureEvent) => void;
}

const events = (query: Record<string, string | number | undefined>, signal?: AbortSignal) =>
  call<EventPage>('GET', path('/secure/events/v1/events', query), undefined, signal);

/** The events of a view, newest first; older ones as they are asked for, new ones set aside. */
export function useFeed(view: View, openedMs: number, live: boolean): Feed {
  const queries = useQueryClient();
  const { fromMs, toMs } = stretch(view, openedMs);
  const key = useMemo(
    () => ['feed', view.filter, fromMs, toMs] as const,
    [view.filter, fromMs, toMs],
  );
  const open = view.last > 0 || view.toMs === 0;
  const list = useInfiniteQuery({
    queryKey: key,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      events(
        {
          filter: view.filter,
          limit: PAGE,
          cursor: pageParam,
          from: ns(fromMs),
          // What is told late, or by a clock ahead of ours, counts as of now.
          to: open ? undefined : ns(toMs),
        },
        signal,
      ),
    getNextPageParam: (last: EventPage) => last.page.prev,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const pages = list.data?.pages;
  const all = useMemo(() => (pages ?? []).flatMap((page) => page.data), [pages]);
  const newest = all[0]?.id ?? '';
  const fresh = useQuery({
    queryKey: ['fresh', ...key, newest],
    queryFn: ({ signal }) =>
      events(
        newest === ''
          ? { filter: view.filter, limit: NEW_AT_MOST, from: ns(fromMs) }
          : { filter: view.filter, limit: NEW_AT_MOST, cursor: `n${newest}` },
        signal,
      ),
    enabled: live && open && list.isSuccess,
    refetchInterval: LOOK_EVERY_MS,
    gcTime: 0,
  });
  const waiting = useMemo(() => fresh.data?.data ?? [], [fresh.data]);
  const takeFresh = useCallback(() => {
    if (waiting.length === 0) return;
    queries.setQueryData<InfiniteData<EventPage, string>>(key, (old) => {
      const [first, ...rest] = old?.pages ?? [];
      if (!old || !first) return old;
      const there = new Set(first.data.map((event) => event.id));
      const added = waiting.filter((event) => !there.has(event.id));
      return {
        ...old,
        pages: [
          {
            ...first,
            data: [...added, ...first.data],
            page: { ...first.page, total: first.page.total + added.length },
          },
          ...rest,
        ],
      };
    });
  }, [waiting, queries, key]);
  const replace = useCallback(
    (event: SecureEvent) =>
      queries.setQueryData<InfiniteData<EventPage, string>>(
        key,
        (old) =>
          old && {
            ...old,
            pages: old.pages.map((page) => ({
              ...page,
              data: page.data.map((one) => (one.id === event.id ? { ...one, ...event } : one)),
            })),
          },
      ),
    [queries, key],
  );
  return {
    events: all,
    total: list.data?.pages[0]?.page.total ?? 0,
    pending: list.isPending,
    error: list.error,
    retry: () => void list.refetch(),
    more: list.hasNextPage,
    loadingMore: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
    fresh: waiting,
    freshAtMost: fresh.data?.page.next !== undefined && waiting.length >= NEW_AT_MOST,
    takeFresh,
    replace,
  };
}
