// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call, path, type Query } from '../api/client';
import { EXECUTIONS, type Execution } from '../api/responses';

const EVERY_MS = 5000;

/** While something is under way one waits for it. */
const UNDER_WAY_MS = 1500;

export const ended = (of: Execution | undefined) =>
  of?.status === 'COMPLETED' || of?.status === 'FAILED';

/** What agents were asked to do, the latest first; looked at again and again. */
export function useExecutions(query: Query) {
  return useQuery({
    queryKey: ['executions', query],
    queryFn: () =>
      call<{ data: Execution[] }>('GET', path(EXECUTIONS, query)).then((answer) => answer.data),
    refetchInterval: (of) =>
      of.state.data?.every((one) => ended(one)) === false ? UNDER_WAY_MS : EVERY_MS,
    retry: false,
  });
}

/** To be called when something was asked for, called off or taken back. */
export function useExecutionsChanged() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ['executions', 'execution', 'respond'].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

/** Where the file lies that an agent handed in. */
export const acquiredFile = (of: Execution) =>
  `${EXECUTIONS}/${encodeURIComponent(of.id)}/acquired-file`;
