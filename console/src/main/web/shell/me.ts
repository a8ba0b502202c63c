// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { createContext, useContext } from 'react';
import type { Account, Role } from '../api/access';

export const Me = createContext<Account>({ name: '', role: 'viewer' });

const RANK: Record<Role, number> = { viewer: 0, analyst: 1, admin: 2 };

export function useMe(): Account & { may: (role: Role) => boolean } {
  const me = useContext(Me);
  return { ...me, may: (role) => RANK[me.role] >= RANK[role] };
}
