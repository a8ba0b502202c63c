// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { call, path } from '../../api/client';
import type { Count } from '../../api/events';
import { ns } from '../../parts/time';
import { address, DEFAULT_LAST } from '../events/view';

interface Asked {
  attribute: string;
  fromMs: number;
  toMs: number;
  filter?: string;
  limit?: number;
}

/** How many events have which value of an attribute in a stretch of time. */
export function useCounts({ attribute, fromMs, toMs, filter, limit }: Asked) {
  return useQuery({
    queryKey: ['overview', attribute, filter, fromMs, toMs, limit],
    queryFn: ({ signal }) =>
      call<{ counts: Count[] }>(
        'GET',
        path('/api/v1/events/counts', {
          attribute,
          filter,
          from: ns(fromMs),
          to: ns(toMs),
          limit: limit ?? 50,
        }),
        undefined,
        signal,
      ).then((answer) => answer.counts),
    placeholderData: (old) => old,
  });
}

/** The feed of the last day with a filter. */
export const feed = (filter: string) =>
  address({ filter, last: DEFAULT_LAST, fromMs: 0, toMs: 0, group: '', event: '' });
