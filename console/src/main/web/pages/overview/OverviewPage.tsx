// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import '../agents/agents.css';
import './overview.css';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useWords } from '../../i18n/language';
import { Histogram } from '../events/Histogram';
import { address } from '../events/view';
import { AgentsPart } from './AgentsPart';
import { days } from './figures';
import { IncidentsPart } from './IncidentsPart';
import { Done, Severities } from './Numbers';
import { Top } from './Top';
import { overviewWords } from './words';

const EVERY_MS = 30_000;

/** What whoever is on call looks at first: is something wrong, is it over, who cannot see. */
export function OverviewPage() {
  const t = useWords(overviewWords);
  const [, go] = useLocation();
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNowMs(Date.now()), EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
  const stretch = days(nowMs);
  return (
    <div className="page overview">
      <header className="page-head">
        <div className="grow">
          <h1>{t.title}</h1>
          <p>{t.intro}</p>
        </div>
      </header>
      <Severities {...stretch} />
      <Histogram
        filter=""
        fromMs={stretch.fromMs}
        toMs={stretch.toMs}
        live
        onZoom={(fromMs, toMs) =>
          go(address({ filter: '', last: 0, fromMs, toMs, group: '', event: '' }))
        }
      />
      <Done {...stretch} />
      <div className="overview-columns">
        <IncidentsPart />
        <AgentsPart />
        <Top attribute="ruleName" title={t.topRules} {...stretch} />
        <Top attribute="container.name" title={t.topContainers} {...stretch} />
      </div>
    </div>
  );
}
