// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './policies.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearch } from 'wouter';
import { ApiError, call } from '../../api/client';
import type { Policy } from '../../api/catalog';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Icon } from '../../parts/Icon';
import { Empty, Failure, Loading } from '../../parts/States';
import { tell } from '../../parts/Toast';
import { yamlWords } from '../../rules/yaml-view-words';
import { YamlView } from '../../rules/YamlView';
import { copyOf, draftOf, empty } from './draft';
import { PolicyEditor } from './PolicyEditor';
import { WhatIf } from './WhatIf';
import { policyWords } from './words';

export function NewPolicyPage({ params }: { params: { type: string } }) {
  const search = useSearch();
  const copied = Number(new URLSearchParams(search).get('copy') ?? 0);
  const t = useWords(policyWords);
  const type = params.type === 'drift' || params.type === 'malware' ? params.type : 'falco';
  const source = useQuery({
    queryKey: ['policies', copied],
    queryFn: () => call<Policy>('GET', `/api/v2/policies/${copied}`),
    enabled: copied > 0,
  });
  if (copied > 0 && source.isPending) return <Loading />;
  const from = source.data;
  const draft = from ? copyOf(from, t.copyOf(from.name)) : empty(type);
  return (
    <div className="page narrow">
      <Back />
      <PolicyEditor key={type} start={draft} />
    </div>
  );
}

function Back() {
  const t = useWords(policyWords);
  return (
    <Link href="/policies" className="back">
      <Icon name="left" size={14} /> {t.back}
    </Link>
  );
}

export function PolicyPage({ params }: { params: { id: string } }) {
  const t = useWords(policyWords);
  const id = Number(params.id);
  const policy = useQuery({
    queryKey: ['policies', id],
    queryFn: () => call<Policy>('GET', `/api/v2/policies/${id}`),
  });
  const missing = policy.error instanceof ApiError && policy.error.status === 404;
  return (
    <div className="page narrow">
      <Back />
      {policy.isPending ? (
        <Loading />
      ) : missing ? (
        <Empty title={t.gone} />
      ) : policy.isError ? (
        <Failure error={policy.error} retry={() => void policy.refetch()} />
      ) : (
        <PolicyEditor key={`${id}-${policy.data.version}`} start={draftOf(policy.data)} />
      )}
    </div>
  );
}

const TEMPLATE = `policies:
  - name: 
    description: 
    type: workload
    severity: 2
    scope: container.name = 
    rules:
      - Terminal shell in container
    actions:
      kill_process: true
`;

/** Policies as a policies file has them, as many as somebody pastes. */
export function PolicyYamlPage() {
  const y = useWords(yamlWords);
  const c = useWords(common);
  const [, go] = useLocation();
  return (
    <div className="page narrow">
      <Back />
      <header className="page-head">
        <div className="grow">
          <h1>{y.import}</h1>
          <p>{y.importIntro}</p>
        </div>
      </header>
      <YamlView
        text={TEMPLATE}
        policies
        template
        replaces={0}
        onSaved={(items) => {
          tell(y.saved(items.length));
          const [only] = items;
          go(items.length === 1 && only ? `/policies/${only.id}?saved=${Date.now()}` : '/policies');
        }}
        cancel={
          <Link className="button" href="/policies">
            {c.cancel}
          </Link>
        }
      >
        {([first]) => first && <WhatIf policy={{ ...first.body, name: first.name }} ready />}
      </YamlView>
    </div>
  );
}
