// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { ApiError, call } from '../../api/client';

export interface Effective {
  policy: string;
  asked: string;
  agents: { agentId: string; hostName: string; effective: string; reason: string }[];
  summary: Record<string, number>;
}

/** What policies do on the fleet; undefined where the collector does not tell. */
export function useEffective() {
  return useQuery({
    queryKey: ['effective'],
    queryFn: async () => {
      try {
        return await call<Effective[]>('GET', '/api/v1/policies/effective');
      } catch (e) {
        if (e instanceof ApiError && e.status === 404) return null;
        throw e;
      }
    },
    refetchInterval: 10_000,
  });
}
