// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client';
import type { Agent } from '../../api/agents';

const EVERY_MS = 5000;

export function useAgents(everyMs = EVERY_MS) {
  return useQuery({
    queryKey: ['agents'],
    queryFn: () => call<Agent[]>('GET', '/api/v1/agents'),
    refetchInterval: everyMs,
  });
}

export function useAgent(id: string) {
  return useQuery({
    queryKey: ['agents', id],
    queryFn: () => call<Agent>('GET', `/api/v1/agents/${encodeURIComponent(id)}`),
    refetchInterval: EVERY_MS,
  });
}
