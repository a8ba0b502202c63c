// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../api/client';
import type { FalcoList, Macro, Policy, Rule } from '../api/catalog';

// What the catalogue holds changes by hand and seldom: every place reads the same copy.

export const useRules = () =>
  useQuery({ queryKey: ['rules'], queryFn: () => call<Rule[]>('GET', '/api/secure/rules') });

export const useLists = () =>
  useQuery({
    queryKey: ['lists'],
    queryFn: () => call<FalcoList[]>('GET', '/api/secure/falco/lists'),
  });

export const useMacros = () =>
  useQuery({
    queryKey: ['macros'],
    queryFn: () => call<Macro[]>('GET', '/api/secure/falco/macros'),
  });

export const usePolicies = () =>
  useQuery({ queryKey: ['policies'], queryFn: () => call<Policy[]>('GET', '/api/v2/policies') });

export function useNames(): { macros: ReadonlySet<string>; lists: ReadonlySet<string> } {
  const macros = useMacros().data;
  const lists = useLists().data;
  return useMemo(
    () => ({
      macros: new Set((macros ?? []).map((one) => one.name)),
      lists: new Set((lists ?? []).map((one) => one.name)),
    }),
    [macros, lists],
  );
}

export { isShipped } from './shipped';
