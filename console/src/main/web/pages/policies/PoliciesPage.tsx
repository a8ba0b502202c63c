// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './policies.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { call, path } from '../../api/client';
import type { Policy } from '../../api/catalog';
import type { Count } from '../../api/events';
import { is } from '../../events/filter';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Find, fits } from '../../parts/Find';
import { Machine } from '../../parts/Machine';
import { Menu } from '../../parts/Menu';
import { Name } from '../../parts/Name';
import { plain } from '../../parts/safe-text';
import { Severity } from '../../parts/Severity';
import { Empty, Failure, Loading } from '../../parts/States';
import { Table } from '../../parts/Table';
import { ns } from '../../parts/time';
import { tellError } from '../../parts/Toast';
import { Toggle } from '../../parts/Toggle';
import { isShipped, usePolicies } from '../../rules/catalogue';
import { yamlWords } from '../../rules/yaml-view-words';
import { useMe } from '../../shell/me';
import { does } from './draft';
import { EffectiveMode } from './EffectiveMode';
import { useEffective } from './effective';
import { shippedWords } from './shipped-words';
import { policyWords } from './words';

export function PoliciesPage() {
  const t = useWords(policyWords);
  const y = useWords(yamlWords);
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
    .filter((policy) => fits(find, policy.name, policy.description))
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
              { label: y.import, act: () => go('/policies/new/yaml') },
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
          <Find label={t.find} value={find} onChange={setFind} />
          <Table
            rows={shown}
            keyOf={(policy) => policy.id}
            columns={[
              { head: c.enabled, cell: (policy) => <Enabled policy={policy} /> },
              { head: c.severity, cell: (policy) => <Severity severity={policy.severity} /> },
              { head: c.name, className: 'wide', cell: (policy) => <About policy={policy} /> },
              { head: t.type, cell: (policy) => t[policy.type] ?? policy.type },
              { head: t.does, cell: (policy) => <Does policy={policy} /> },
              {
                head: t.effective,
                cell: ({ name }) => (
                  <EffectiveMode of={effective?.find((one) => one.policy === name)} />
                ),
              },
              {
                head: t.events24,
                number: true,
                cell: ({ name }) => (
                  <Link href={path('/events', { filter: is('name', name) })}>
                    {(
                      counts.data?.counts.find((one) => one.value === name)?.count ?? 0
                    ).toLocaleString()}
                  </Link>
                ),
              },
            ]}
          />
        </>
      )}
    </div>
  );
}

function Enabled({ policy }: { policy: Policy }) {
  const t = useWords(policyWords);
  const me = useMe();
  const queries = useQueryClient();
  const enable = (enabled: boolean) =>
    call('PUT', `/api/v2/policies/${policy.id}`, { ...policy, enabled }).then(
      () => queries.invalidateQueries({ queryKey: ['policies'] }),
      tellError,
    );
  return (
    <Toggle
      unseen
      on={policy.enabled}
      disabled={!me.may('admin')}
      onChange={(on) => void enable(on)}
    >
      {t.enabledToggle(plain(policy.name))}
    </Toggle>
  );
}

function About({ policy }: { policy: Policy }) {
  const c = useWords(common);
  const s = useWords(shippedWords);
  return (
    <>
      <Link href={`/policies/${policy.id}`}>
        <Name>{policy.name}</Name>
      </Link>
      {isShipped(policy) && <span className="badge calm policy-badge">{c.shipped}</span>}
      {policy.modified === true && <span className="badge policy-badge">{s.changed}</span>}
      {policy.description !== policy.name && (
        <div className="dim">
          <Name>{policy.description}</Name>
        </div>
      )}
      {policy.scope && (
        <Machine max={120} className="dim">
          {policy.scope}
        </Machine>
      )}
    </>
  );
}

function Does({ policy }: { policy: Policy }) {
  const t = useWords(policyWords);
  const asked = does(policy);
  return (
    <>
      {asked.length === 0 ? t.detect : asked.map((one) => t[one]).join(', ')}
      {policy.mode === 'monitor' && <div className="dim">{t.monitorOnly}</div>}
    </>
  );
}
