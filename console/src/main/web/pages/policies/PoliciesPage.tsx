// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './policies.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { call, path } from '../../api/client';
import type { Count, Policy } from '../../api/types';
import { is } from '../../events/filter';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Menu } from '../../parts/Menu';
import { Severity } from '../../parts/Severity';
import { Empty, Failure, Loading } from '../../parts/States';
import { ns } from '../../parts/time';
import { tellError } from '../../parts/Toast';
import { Toggle } from '../../parts/Toggle';
import { isShipped, usePolicies } from '../../rules/catalogue';
import { useMe } from '../../shell/me';
import { does } from './draft';
import { useEffective, type Effective } from './effective';
import { policyWords } from './words';

export function PoliciesPage() {
  const t = useWords(policyWords);
  const c = useWords(common);
  const me = useMe();
  const [, go] = useLocation();
  const policies = usePolicies();
  const effective = useEffective().data;
  const [find, setFind] = useState('');
  const [openedMs] = useState(Date.now);
  const counts = useQuery({
    queryKey: ['counts', 'name', 'day', openedMs],
    queryFn: () =>
      call<{ counts: Count[] }>(
        'GET',
        path('/api/v1/events/counts', {
          attribute: 'name',
          from: ns(openedMs - 86_400_000),
          limit: 1000,
        }),
      ),
  });
  const shown = (policies.data ?? [])
    .filter((policy) =>
      `${policy.name} ${policy.description}`.toLowerCase().includes(find.toLowerCase()),
    )
    .sort(
      (a, b) =>
        Number(isShipped(a)) - Number(isShipped(b)) ||
        a.severity - b.severity ||
        a.name.localeCompare(b.name),
    );
  return (
    <div className="page">
      <header className="page-head">
        <div className="grow">
          <h1>{t.title}</h1>
          <p>{t.intro}</p>
        </div>
        {me.may('admin') && (
          <Menu
            label={t.new}
            icon="plus"
            kind="primary"
            align="right"
            choices={[
              { label: t.newFalco, act: () => go('/policies/new/falco') },
              { label: t.newDrift, act: () => go('/policies/new/drift') },
              { label: t.newMalware, act: () => go('/policies/new/malware') },
            ]}
          >
            {t.new}
          </Menu>
        )}
      </header>
      {policies.isPending ? (
        <Loading />
      ) : policies.isError ? (
        <Failure error={policies.error} retry={() => void policies.refetch()} />
      ) : policies.data.length === 0 ? (
        <Empty title={t.none}>
          <p>{t.noneHint}</p>
        </Empty>
      ) : (
        <>
          <input
            type="search"
            className="policy-find"
            aria-label={t.find}
            placeholder={t.find}
            value={find}
            onChange={(e) => setFind(e.target.value)}
          />
          <div className="list">
            <table>
              <thead>
                <tr>
                  <th>{c.enabled}</th>
                  <th>{c.severity}</th>
                  <th>{c.name}</th>
                  <th>{t.type}</th>
                  <th>{t.does}</th>
                  <th>{t.effective}</th>
                  <th className="number">{t.events24}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((policy) => (
                  <Row
                    key={policy.id}
                    policy={policy}
                    effective={effective?.find((one) => one.policy === policy.name)}
                    count={counts.data?.counts.find((one) => one.value === policy.name)?.count ?? 0}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}

interface RowProps {
  policy: Policy;
  effective: Effective | undefined;
  count: number;
}

function Row({ policy, effective, count }: RowProps) {
  const t = useWords(policyWords);
  const c = useWords(common);
  const me = useMe();
  const queries = useQueryClient();
  const asked = does(policy);
  const shipped = isShipped(policy);
  const enable = (enabled: boolean) =>
    call('PUT', `/api/v2/policies/${policy.id}`, { ...policy, enabled }).then(
      () => queries.invalidateQueries({ queryKey: ['policies'] }),
      tellError,
    );
  return (
    <tr>
      <td>
        <Toggle
          unseen
          on={policy.enabled}
          disabled={shipped || !me.may('admin')}
          onChange={(on) => void enable(on)}
        >
          {t.enabledToggle(policy.name)}
        </Toggle>
      </td>
      <td>
        <Severity severity={policy.severity} />
      </td>
      <td>
        <Link href={`/policies/${policy.id}`}>{policy.name}</Link>
        {shipped && <span className="badge calm policy-badge">{c.shipped}</span>}
        {policy.description !== policy.name && <div className="dim">{policy.description}</div>}
        {policy.scope && <code className="dim">{policy.scope}</code>}
      </td>
      <td>{t[policy.type] ?? policy.type}</td>
      <td>
        {asked.length === 0 ? t.detect : asked.map((one) => t[one]).join(', ')}
        {policy.mode === 'monitor' && <div className="dim">{t.monitorOnly}</div>}
      </td>
      <td>
        <EffectiveMode of={effective} />
      </td>
      <td className="number">
        <Link href={path('/events', { filter: is('name', policy.name) })}>
          {count.toLocaleString()}
        </Link>
      </td>
    </tr>
  );
}

/** "prevent on 41, kill on 2", with who and why in the title. */
export function EffectiveMode({ of }: { of: Effective | undefined }) {
  const t = useWords(policyWords);
  if (!of) return <span className="dim">–</span>;
  const name = (mode: string) =>
    mode === 'prevent' || mode === 'kill' || mode === 'detect' ? t[mode] : mode;
  const less = of.agents.filter((agent) => agent.reason !== '');
  return (
    <span
      title={less
        .map((agent) => `${agent.hostName}: ${name(agent.effective)}: ${agent.reason}`)
        .join('\n')}
    >
      {Object.entries(of.summary)
        .filter(([, n]) => n > 0)
        .map(([mode, n]) => t.effectiveOn(name(mode), n))
        .join(', ') || '–'}
      {less.length > 0 && ' ⓘ'}
    </span>
  );
}
