// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from '../api/client';
import type { Agent } from '../api/agents';
import { useWords } from '../i18n/language';
import { span } from '../parts/time';
import { ruleWords } from './words';

/** How far a change of a moment ago has come: asks until every connected agent enforces it. */
export function InForce({ sinceMs }: { sinceMs: number }) {
  const t = useWords(ruleWords);
  const [after, setAfter] = useState(0);
  const agents = useQuery({
    queryKey: ['agents', 'in force', sinceMs],
    queryFn: () => call<Agent[]>('GET', '/api/v1/agents'),
    refetchInterval: after > 0 ? false : 400,
    gcTime: 0,
  });
  const connected = (agents.data ?? []).filter((agent) => agent.status === 'connected');
  const done = connected.filter((agent) => agent.upToDate).length;
  const refused = connected.filter((agent) => agent.bundleRefused !== '').length;
  const all = connected.length > 0 && done === connected.length;
  const was = useRef(false);
  useEffect(() => {
    if (!all || was.current) return;
    was.current = true;
    setAfter(Date.now() - sinceMs);
  }, [all, sinceMs]);
  if (agents.data === undefined) return null;
  if (connected.length === 0) return <span className="hint">{t.noAgents}</span>;
  if (refused > 0) return <span className="wrong">{t.refused(refused)}</span>;
  return (
    <span className="hint" role="status">
      {all ? t.spread(connected.length, span(after)) : t.spreading(done, connected.length)}
    </span>
  );
}
