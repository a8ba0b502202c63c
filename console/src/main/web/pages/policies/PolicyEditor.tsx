// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './policies.css';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { ApiError, call } from '../../api/client';
import type { YamlDraft, YamlItem } from '../../api/drafts';
import type { Policy } from '../../api/catalog';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Name } from '../../parts/Name';
import { plain } from '../../parts/safe-text';
import { Sheet } from '../../parts/Sheet';
import { Tabs } from '../../parts/Tabs';
import { tell, tellError } from '../../parts/Toast';
import { isShipped } from '../../rules/catalogue';
import { faults } from '../../rules/faults';
import { InForce } from '../../rules/InForce';
import { Versions } from '../../rules/Versions';
import { yamlWords } from '../../rules/yaml-view-words';
import { YamlView } from '../../rules/YamlView';
import { useMe } from '../../shell/me';
import { bodyOf, draftOf, type Draft } from './draft';
import { useEffective } from './effective';
import { EffectiveMode } from './EffectiveMode';
import { PolicyForm } from './PolicyForm';
import { Shipped } from './Shipped';
import { shippedWords } from './shipped-words';
import { WhatIf } from './WhatIf';
import { policyWords } from './words';

/** A policy in a form or as YAML; what is written in one is there in the other. */
export function PolicyEditor({ start }: { start: Draft }) {
  const t = useWords(policyWords);
  const c = useWords(common);
  const y = useWords(yamlWords);
  const w = useWords(shippedWords);
  const me = useMe();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const search = useSearch();
  const savedMs = Number(new URLSearchParams(search).get('saved') ?? 0);
  const [draft, setDraft] = useState(start);
  const [view, setView] = useState<'form' | 'yaml'>('form');
  const [text, setText] = useState('');
  const [formable, setFormable] = useState(true);
  const [removing, setRemoving] = useState(false);
  const old = start.rest;
  const shipped = old !== undefined && isShipped(old);
  const locked = !me.may('admin');
  const effective = useEffective().data?.find((one) => one.policy === old?.name);
  const saved = (policy: { id: number; name: string }) => {
    tell(t.saved(plain(policy.name)));
    void queries.invalidateQueries({ queryKey: ['policies'] });
    go(`/policies/${policy.id}?saved=${Date.now()}`, { replace: old !== undefined });
  };
  const choose = (next: 'form' | 'yaml') => {
    if (next === view) return;
    if (next === 'form') {
      if (formable) setView('form');
      else tell(y.noFormPolicy);
      return;
    }
    const { name } = draft;
    call<{ text: string }>('POST', '/api/v1/yaml/write', {
      kind: 'policy',
      name,
      body: bodyOf(draft),
    }).then((of) => {
      setText(of.text);
      setView('yaml');
    }, tellError);
  };
  const read = ({ items, faults }: YamlDraft) => {
    const [only] = items;
    const fits = items.length === 1 && !faults.some((fault) => fault.severity === 'error');
    setFormable(fits);
    if (fits && only) setDraft(taken(draft, only));
  };
  const remove = () =>
    call('DELETE', `/api/v2/policies/${old?.id}`).then(() => {
      void queries.invalidateQueries({ queryKey: ['policies'] });
      tell(t.removed);
      go('/policies');
    }, tellError);
  return (
    <div className="policy">
      <header className="page-head">
        <div className="grow">
          <h1>{old ? <Name>{old.name}</Name> : t.new}</h1>
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
        {old && !locked && !shipped && (
          <Button kind="danger" icon="trash" label={t.remove} onClick={() => setRemoving(true)} />
        )}
      </header>
      {shipped && (
        <Shipped
          policy={old}
          here={bodyOf(draft) as unknown as Policy}
          mayChange={me.may('admin')}
        />
      )}
      <Tabs
        label={y.views}
        tabs={[
          { key: 'form', label: y.form },
          { key: 'yaml', label: y.yaml },
        ]}
        chosen={view}
        onChoose={choose}
      >
        {view === 'form' ? (
          <FormView draft={draft} onChange={setDraft} locked={locked} onSaved={saved} />
        ) : locked || shipped ? (
          <>
            {shipped && <p className="hint">{w.fixedYaml}</p>}
            <pre className="condition">{text.split('\n').map(plain).join('\n')}</pre>
          </>
        ) : (
          <YamlView
            text={text}
            policies
            replaces={old?.id ?? 0}
            onRead={read}
            onSaved={([only]) => only && saved(only)}
            cancel={
              <Link className="button" href="/policies">
                {c.cancel}
              </Link>
            }
          >
            {([only]) => only && <WhatIf policy={{ ...only.body, name: only.name }} ready />}
          </YamlView>
        )}
      </Tabs>
      {savedMs > 0 && (
        <p>
          <InForce key={savedMs} sinceMs={savedMs} />
        </p>
      )}
      {old && !shipped && <Versions kind="policy" id={old.id} current={old.version} />}
      {removing && old && (
        <Sheet
          kind="dialog"
          title={t.removeSure(plain(old.name))}
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
    </div>
  );
}

/** What was written as YAML, with what the editor's form does not show kept as it was read. */
function taken(draft: Draft, item: YamlItem): Draft {
  const policy = { ...item.body, name: item.name } as unknown as Policy;
  return { ...draftOf(policy), rest: draft.rest && { ...draft.rest, ...policy } };
}

interface FormProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  locked: boolean;
  onSaved: (policy: Policy) => void;
}

function FormView({ draft, onChange, locked, onSaved }: FormProps) {
  const c = useWords(common);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const old = draft.rest;
  const complete = draft.name.trim() !== '' && (draft.type !== 'falco' || draft.rules.length > 0);
  const save = async () => {
    setBusy(true);
    setError('');
    try {
      const url = old ? `/api/v2/policies/${old.id}` : '/api/v2/policies';
      onSaved(await call<Policy>(old ? 'PUT' : 'POST', url, bodyOf(draft)));
    } catch (e) {
      setError(e instanceof ApiError ? faults(e.message) : String(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <fieldset disabled={locked}>
        <PolicyForm draft={draft} onChange={onChange} fixed={old !== undefined && isShipped(old)} />
      </fieldset>
      <WhatIf policy={bodyOf(draft)} ready={complete} />
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
        </footer>
      )}
    </form>
  );
}
