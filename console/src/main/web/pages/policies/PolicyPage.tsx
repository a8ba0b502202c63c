// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './policies.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { ApiError, call } from '../../api/client';
import type { Policy } from '../../api/types';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Icon } from '../../parts/Icon';
import { Sheet } from '../../parts/Sheet';
import { Empty, Failure, Loading } from '../../parts/States';
import { tell, tellError } from '../../parts/Toast';
import { isShipped } from '../../rules/catalogue';
import { faults } from '../../rules/faults';
import { InForce } from '../../rules/InForce';
import { useMe } from '../../shell/me';
import { bodyOf, draftOf, empty, type Draft } from './draft';
import { useEffective } from './effective';
import { EffectiveMode } from './PoliciesPage';
import { PolicyForm } from './PolicyForm';
import { Versions } from './Versions';
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
  const draft = from
    ? { ...draftOf(from), name: t.copyOf(from.name), rest: undefined }
    : empty(type);
  return (
    <div className="page narrow">
      <Back />
      <Editor key={type} start={draft} />
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
        <Editor key={`${id}-${policy.data.version}`} start={draftOf(policy.data)} />
      )}
    </div>
  );
}

function Editor({ start }: { start: Draft }) {
  const t = useWords(policyWords);
  const c = useWords(common);
  const me = useMe();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const search = useSearch();
  const savedMs = Number(new URLSearchParams(search).get('saved') ?? 0);
  const [draft, setDraft] = useState(start);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const old = start.rest;
  const shipped = old !== undefined && isShipped(old);
  const locked = shipped || !me.may('admin');
  const effective = useEffective().data?.find((one) => one.policy === old?.name);
  const complete = draft.name.trim() !== '' && (draft.type !== 'falco' || draft.rules.length > 0);

  const save = async () => {
    setBusy(true);
    setError('');
    try {
      const kept = await call<Policy>(
        old ? 'PUT' : 'POST',
        old ? `/api/v2/policies/${old.id}` : '/api/v2/policies',
        bodyOf(draft),
      );
      tell(t.saved(kept.name));
      queries.setQueryData(['policies', kept.id], kept);
      void queries.invalidateQueries({ queryKey: ['policies'], exact: true });
      go(`/policies/${kept.id}?saved=${Date.now()}`, { replace: old !== undefined });
    } catch (e) {
      setError(e instanceof ApiError ? faults(e.message) : String(e));
    } finally {
      setBusy(false);
    }
  };
  const remove = () =>
    call('DELETE', `/api/v2/policies/${old?.id}`).then(() => {
      void queries.invalidateQueries({ queryKey: ['policies'] });
      tell(t.removed);
      go('/policies');
    }, tellError);
  return (
    <form
      className="policy"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <header className="page-head">
        <div className="grow">
          <h1>{old ? old.name : t.new}</h1>
          <p>
            {t[draft.type]}
            {effective && (
              <>
                {' '}
                · {t.effective}: <EffectiveMode of={effective} />
              </>
            )}
          </p>
        </div>
        {old && me.may('admin') && (
          <Link className="button" href={`/policies/new/${draft.type}?copy=${old.id}`}>
            {t.duplicate}
          </Link>
        )}
        {old && !locked && (
          <Button kind="danger" icon="trash" label={t.remove} onClick={() => setRemoving(true)} />
        )}
      </header>
      {shipped && <p className="hint">{t.shippedHint}</p>}
      <fieldset disabled={locked}>
        <PolicyForm draft={draft} onChange={setDraft} />
      </fieldset>
      <WhatIf draft={draft} ready={complete} />
      {error && (
        <div className="failure" role="alert">
          <pre className="message machine">{error}</pre>
        </div>
      )}
      {!locked && (
        <footer className="policy-foot row">
          <Button kind="primary" type="submit" busy={busy} disabled={!complete}>
            {c.save}
          </Button>
          <Link className="button" href="/policies">
            {c.cancel}
          </Link>
          {savedMs > 0 && <InForce key={savedMs} sinceMs={savedMs} />}
        </footer>
      )}
      {old && !shipped && <Versions kind="policy" id={old.id} current={old.version} />}
      {removing && old && (
        <Sheet
          kind="dialog"
          title={t.removeSure(old.name)}
          onClose={() => setRemoving(false)}
          foot={
            <>
              <Button onClick={() => setRemoving(false)}>{c.cancel}</Button>
              <Button kind="danger" onClick={() => void remove()}>
                {c.remove}
              </Button>
            </>
          }
        >
          <p>{t.removeHint}</p>
        </Sheet>
      )}
    </form>
  );
}
