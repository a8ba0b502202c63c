// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Link } from 'wouter';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { useAgents } from '../agents/agents';
import { lostToday, unwell } from './figures';
import { overviewWords } from './words';

const EVERY_MS = 10_000;
const SHOWN = 6;

/** Who cannot see, does not obey or loses events: what is not told of is not safe. */
export function AgentsPart() {
  const t = useWords(overviewWords);
  const agents = useAgents(EVERY_MS);
  const all = (agents.data ?? []).filter((agent) => agent.status !== 'revoked');
  const ill = unwell(all);
  const lost = all.reduce((sum, agent) => sum + lostToday(agent), 0);
  const misses = all.reduce((sum, agent) => sum + (agent.lastDay?.misses ?? 0), 0);
  return (
    <section>
      <h2>
        <Link href="/agents">{t.agents}</Link>{' '}
        {agents.data && (
          <span className="dim">
            {t.connected(all.filter((one) => one.status === 'connected').length, all.length)}
          </span>
        )}
      </h2>
      {agents.isPending ? (
        <Loading rows={3} />
      ) : agents.isError ? (
        <Failure error={agents.error} retry={() => void agents.refetch()} />
      ) : all.length === 0 ? (
        <p>
          <Link href="/agents/connect">{t.connectFirst}</Link>
        </p>
      ) : (
        <>
          <p className={lost > 0 ? 'bad-number' : 'dim'}>
            {t.losses(lost.toLocaleString(), misses.toLocaleString())}
          </p>
          {ill.length === 0 ? (
            <p className="all-well">{t.allWell}</p>
          ) : (
            <ul className="lines">
              {ill.slice(0, SHOWN).map(({ agent, why }) => (
                <li key={agent.id}>
                  <span className="grow cut">
                    <Link href={`/agents/${agent.id}`}>
                      <Machine max={60}>{agent.hostname}</Machine>
                    </Link>
                  </span>
                  <span className={why === 'loses' ? 'badge calm' : 'badge bad'}>
                    {why === 'loses' ? t.loses(lostToday(agent).toLocaleString()) : t[why]}
                  </span>
                  {why === 'silent' && agent.lastSeen > 0 && (
                    <span className="dim">
                      <Time at={agent.lastSeen} relative />
                    </span>
                  )}
                </li>
              ))}
              {ill.length > SHOWN && (
                <li>
                  <Link href="/agents">{t.more(ill.length - SHOWN)}</Link>
                </li>
              )}
            </ul>
          )}
        </>
      )}
    </section>
  );
}
