// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './agents.css';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { call, path } from '../../api/client';
import type { Agent } from '../../api/agents';
import { is } from '../../events/filter';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Machine } from '../../parts/Machine';
import { Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { useMe } from '../../shell/me';
import { useEffective } from '../policies/effective';
import { useAgent } from './agents';
import { InForce, Status } from './AgentsPage';
import { Containers } from './Containers';
import { Doctor } from './Doctor';
import { counters, fact, lost, tags } from './health';
import { Trends } from './Trends';
import { agentsWords } from './words';

export function AgentPage({ params }: { params: { id: string } }) {
  const t = useWords(agentsWords);
  const me = useMe();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const agent = useAgent(params.id);
  const [revoking, setRevoking] = useState(false);
  if (agent.isPending) return <Loading />;
  if (agent.isError) return <Failure error={agent.error} retry={() => void agent.refetch()} />;
  const of = agent.data;
  return (
    <div className="page agents">
      <header className="page-head">
        <div className="grow">
          <p>
            <Link href="/agents">{t.title}</Link>
          </p>
          <h1>
            <Machine max={80} bold>
              {of.hostname}
            </Machine>
          </h1>
        </div>
        <Link className="button plain" href={path('/events', { filter: is('agentId', of.id) })}>
          {t.events}
        </Link>
        {me.may('admin') && of.status !== 'revoked' && (
          <Button kind="danger" onClick={() => setRevoking(true)}>
            {t.revoke}
          </Button>
        )}
      </header>
      {of.bundleRefused && (
        <div className="failure" role="alert">
          <div className="grow">
            <strong>{t.refusedWhy}</strong>
            <pre className="message">
              <Machine>{of.bundleRefused}</Machine>
            </pre>
          </div>
        </div>
      )}
      <section className="part">
        <h2>{t.facts}</h2>
        <Facts of={of} />
      </section>
      <Doctor id={of.id} />
      <Trends id={of.id} />
      <Effective of={of} />
      <Containers id={of.id} />
      <Health of={of} />
      {revoking && (
        <Confirm
          title={t.revokeSure(of.hostname)}
          act={t.revoke}
          onClose={() => setRevoking(false)}
          onAct={() =>
            call('DELETE', `/api/v1/agents/${encodeURIComponent(of.id)}`).then(() => {
              void queries.invalidateQueries({ queryKey: ['agents'] });
              go('/agents');
            })
          }
        >
          {t.revokeHint}
        </Confirm>
      )}
    </div>
  );
}

function Facts({ of }: { of: Agent }) {
  const t = useWords(agentsWords);
  return (
    <dl className="agent-facts">
      <dt>{t.status}</dt>
      <dd>
        <Status of={of} />
      </dd>
      <dt>{t.lastSeen}</dt>
      <dd>
        <Time at={of.lastSeen} relative />
      </dd>
      <dt>{t.policies}</dt>
      <dd className="row">
        <InForce of={of} />
        <Machine max={20} className="dim">
          {of.bundleInForce}
        </Machine>
      </dd>
      <dt>{t.enrolled}</dt>
      <dd>
        <Time at={of.enrolledOn} />
      </dd>
      {(['kernel', 'cpus', 'cluster'] as const)
        .filter((name) => fact(of, name) !== '')
        .map((name) => [
          <dt key={name}>{t[name]}</dt>,
          <dd key={`${name}-value`}>
            <Machine max={100}>{fact(of, name)}</Machine>
          </dd>,
        ])}
      {tags(of).length > 0 && (
        <>
          <dt>{t.tags}</dt>
          <dd className="row wrap">
            {tags(of).map(([key, value]) => (
              <Machine key={key} max={60}>{`${key}=${value}`}</Machine>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

/** What each policy comes to on this machine; left out where the collector does not tell. */
function Effective({ of }: { of: Agent }) {
  const t = useWords(agentsWords);
  const effective = useEffective().data ?? [];
  const here = effective.flatMap((policy) =>
    policy.agents
      .filter((agent) => agent.agentId === of.id)
      .map((agent) => ({ ...agent, policy: policy.policy, asked: policy.asked })),
  );
  if (here.length === 0) return null;
  const name = (mode: string) =>
    mode === 'detect' || mode === 'kill' || mode === 'prevent' ? t[mode] : mode;
  return (
    <section className="part">
      <h2>{t.effective}</h2>
      <p className="dim">{t.effectiveHint}</p>
      <div className="list">
        <table>
          <thead>
            <tr>
              <th>{t.policy}</th>
              <th>{t.asked}</th>
              <th>{t.effectiveMode}</th>
              <th>{t.why}</th>
            </tr>
          </thead>
          <tbody>
            {here.map((one) => (
              <tr key={one.policy}>
                <td>{one.policy}</td>
                <td>{name(one.asked)}</td>
                <td>{name(one.effective)}</td>
                <td className="dim">{one.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Health({ of }: { of: Agent }) {
  const t = useWords(agentsWords);
  const all = counters(of);
  const number = (name: string) => all.find(([one]) => one === name)?.[1];
  const heap = number('heap_mb');
  const told: [string, string | undefined][] = [
    [t.seen, number('events')?.toLocaleString()],
    [t.alerts, number('alerts')?.toLocaleString()],
    [t.losses, lost(of).toLocaleString()],
    [t.heap, heap === undefined ? undefined : `${heap} MiB`],
  ];
  return (
    <section className="part">
      <h2>{t.health}</h2>
      {all.length === 0 ? (
        <p className="dim">{t.noHealth}</p>
      ) : (
        <>
          <div className="agent-numbers">
            {told
              .filter(([, value]) => value !== undefined)
              .map(([label, value]) => (
                <div key={label}>
                  <span className="dim">{label}</span>
                  <b>{value}</b>
                </div>
              ))}
          </div>
          <details>
            <summary>{t.counters}</summary>
            <ul className="agent-counters">
              {all.map(([name, value]) => (
                <li key={name}>
                  <span className="grow">
                    <Machine max={60}>{name}</Machine>
                  </span>
                  <span>{value.toLocaleString()}</span>
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </section>
  );
}
