// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './agents.css';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Agent } from '../../api/agents';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Machine } from '../../parts/Machine';
import { Empty, Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { useMe } from '../../shell/me';
import { useAgents } from './agents';
import { fact, lost, losses, matches, tags } from './health';
import { agentsWords } from './words';

export function AgentsPage() {
  const t = useWords(agentsWords);
  const me = useMe();
  const [, go] = useLocation();
  const [find, setFind] = useState('');
  const agents = useAgents();
  const connect = () => go('/agents/connect');
  return (
    <div className="page agents">
      <header className="page-head">
        <div className="grow">
          <h1>{t.title}</h1>
          <p>{t.intro}</p>
        </div>
        {me.may('admin') && (
          <Button kind="primary" icon="plus" onClick={connect}>
            {t.connect}
          </Button>
        )}
      </header>
      {agents.isPending ? (
        <Loading />
      ) : agents.isError ? (
        <Failure error={agents.error} retry={() => void agents.refetch()} />
      ) : agents.data.length === 0 ? (
        <Empty title={t.none}>
          <p>{t.noneHint}</p>
          <Button onClick={connect}>{t.connect}</Button>
        </Empty>
      ) : (
        <>
          <div className="row find-row">
            <input
              type="search"
              className="find"
              aria-label={t.find}
              placeholder={t.find}
              value={find}
              onChange={(e) => setFind(e.target.value)}
            />
            <span className="dim">
              {t.summary(
                agents.data.filter((agent) => agent.status === 'connected').length,
                agents.data.filter((agent) => agent.status !== 'revoked').length,
              )}
            </span>
          </div>
          <Table agents={agents.data.filter((agent) => matches(agent, find))} />
        </>
      )}
    </div>
  );
}

const ORDER: Record<Agent['status'], number> = { silent: 0, connected: 1, revoked: 2 };

/** What needs a look first: silent ones and those that refuse, then by name. */
function worse(a: Agent, b: Agent): number {
  return (
    ORDER[a.status] - ORDER[b.status] ||
    Number(b.bundleRefused !== '') - Number(a.bundleRefused !== '') ||
    a.hostname.localeCompare(b.hostname)
  );
}

function Table({ agents }: { agents: Agent[] }) {
  const t = useWords(agentsWords);
  if (agents.length === 0) return <Empty title={t.noneFound} />;
  return (
    <div className="list">
      <table>
        <thead>
          <tr>
            <th>{t.host}</th>
            <th>{t.status}</th>
            <th>{t.lastSeen}</th>
            <th>{t.policies}</th>
            <th>{t.doctor}</th>
            <th className="number">{t.lossesToday}</th>
            <th>{t.kernel}</th>
          </tr>
        </thead>
        <tbody>
          {[...agents].sort(worse).map((agent) => (
            <tr key={agent.id}>
              <td>
                <Link href={`/agents/${agent.id}`}>
                  <Machine max={60}>{agent.hostname}</Machine>
                </Link>
                <div className="dim">
                  <Machine max={80}>
                    {[fact(agent, 'cluster'), ...tags(agent).map((tag) => tag.join('='))]
                      .filter((one) => one !== '')
                      .join(' ')}
                  </Machine>
                </div>
              </td>
              <td>
                <Status of={agent} />
              </td>
              <td>
                <Time at={agent.lastSeen} relative />
              </td>
              <td>
                <InForce of={agent} />
              </td>
              <td>
                <Checked of={agent} />
              </td>
              <Lost of={agent} />
              <td>
                <Machine max={40} className="dim">
                  {fact(agent, 'kernel')}
                </Machine>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What it lost today; what it lost since it started, one by one, in the title. */
function Lost({ of }: { of: Agent }) {
  const today = of.lastDay ? of.lastDay.lost + of.lastDay.dropped : lost(of);
  return (
    <td
      className={`number ${today > 0 ? 'bad-number' : ''}`}
      title={losses(of)
        .map(([name, value]) => `${name}: ${value.toLocaleString()}`)
        .join('\n')}
    >
      {today.toLocaleString()}
    </td>
  );
}

/** What the doctor says of its machine. */
function Checked({ of }: { of: Agent }) {
  const t = useWords(agentsWords);
  if (!of.diagnosis) return <span className="dim">–</span>;
  const { problems, notes } = of.diagnosis;
  if (problems > 0) return <span className="badge bad">{t.problems(problems)}</span>;
  return notes > 0 ? (
    <span className="badge calm">{t.notes(notes)}</span>
  ) : (
    <span className="badge good">{t.works}</span>
  );
}

export function Status({ of }: { of: Agent }) {
  const t = useWords(agentsWords);
  return <span className={`status ${of.status}`}>{t[of.status]}</span>;
}

/** Whether it enforces what it is to enforce. */
export function InForce({ of }: { of: Agent }) {
  const t = useWords(agentsWords);
  if (of.bundleRefused) {
    return (
      <span className="badge bad" title={of.bundleRefused}>
        {t.refused}
      </span>
    );
  }
  if (of.bundleInForce === '') return <span className="dim">–</span>;
  return of.upToDate ? (
    <span className="badge good">{t.upToDate}</span>
  ) : (
    <span className="badge calm">{t.older}</span>
  );
}
