// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import '../../rules/rules.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { call, path } from '../../api/client';
import type { YamlDraft } from '../../api/drafts';
import type { Rule } from '../../api/catalog';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Icon } from '../../parts/Icon';
import { Failure, Loading } from '../../parts/States';
import { Tabs } from '../../parts/Tabs';
import { tell, tellError } from '../../parts/Toast';
import { yamlWords } from '../../rules/yaml-view-words';
import { YamlView } from '../../rules/YamlView';
import { RuleForm } from './RuleForm';
import { TestBench } from './TestBench';
import { libraryWords } from './words';

/** A rule as it is being written, in the API's form. */
export interface RuleDraft {
  name: string;
  body: Pick<Rule, 'description' | 'tags' | 'details'>;
}

const NEW: RuleDraft = {
  name: '',
  body: { description: '', tags: [], details: { ruleType: 'FALCO' } },
};

/** A rule that is written, copied or changed. */
export function RuleEditorPage({ params }: { params: { name?: string } }) {
  const t = useWords(libraryWords);
  const search = useSearch();
  const copied = new URLSearchParams(search).get('copy') ?? '';
  const name = params.name === undefined ? copied : decodeURIComponent(params.name);
  const group = useQuery({
    queryKey: ['rules', 'group', name],
    queryFn: () => call<Rule[]>('GET', path('/api/secure/rules/groups', { name })),
    enabled: name !== '',
  });
  const rule = group.data?.find((one) => !one.details.append);
  const copy = params.name === undefined;
  const start = rule
    ? { name: copy ? t.copyOf(rule.name) : rule.name, body: bodyOf(rule) }
    : { ...NEW, name: copy ? '' : name };
  return (
    <div className="page narrow">
      <Link href="/library/rules" className="back">
        <Icon name="left" size={14} /> {t.back}
      </Link>
      {name !== '' && group.isPending ? (
        <Loading />
      ) : group.isError ? (
        <Failure error={group.error} retry={() => void group.refetch()} />
      ) : (
        <Writer key={name} start={start} old={copy ? undefined : rule} />
      )}
    </div>
  );
}

const bodyOf = ({ description, tags, details }: Rule): RuleDraft['body'] => ({
  description,
  tags,
  details,
});

function Writer({ start, old }: { start: RuleDraft; old: Rule | undefined }) {
  const t = useWords(libraryWords);
  const y = useWords(yamlWords);
  const c = useWords(common);
  const [, go] = useLocation();
  const [view, setView] = useState<'form' | 'yaml'>('form');
  const [text, setText] = useState('');
  const [draft, setDraft] = useState(start);
  const [formable, setFormable] = useState(true);
  const choose = (next: 'form' | 'yaml') => {
    if (next === view) return;
    if (next === 'form') {
      if (formable) setView('form');
      else tell(y.noForm);
      return;
    }
    call<{ text: string }>('POST', '/api/v1/yaml/write', { kind: 'rule', ...draft }).then((of) => {
      setText(of.text);
      setView('yaml');
    }, tellError);
  };
  const read = ({ items, faults }: YamlDraft) => {
    const [only] = items;
    const wrong = faults.some((fault) => fault.severity === 'error');
    const fits = items.length === 1 && only?.kind === 'rule' && !wrong;
    setFormable(fits);
    if (fits) setDraft({ name: only.name, body: only.body as unknown as RuleDraft['body'] });
  };
  return (
    <>
      <header className="page-head">
        <h1 className="grow">{old ? t.editRule : t.newRule}</h1>
      </header>
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
          <RuleForm start={draft} old={old} onChange={setDraft} />
        ) : (
          <YamlView
            text={text}
            replaces={old?.id ?? 0}
            onRead={read}
            onSaved={(items) => {
              tell(y.saved(items.length));
              const rule = items.find((one) => one.kind === 'rule');
              go(rule ? `/library/rules/${encodeURIComponent(rule.name)}` : '/library');
            }}
            cancel={
              <Link className="button" href="/library/rules">
                {c.cancel}
              </Link>
            }
          >
            {(items) => {
              const rule = items.find((one) => one.kind === 'rule');
              return rule && <TestBench rule={{ ...rule.body, name: rule.name }} ready />;
            }}
          </YamlView>
        )}
      </Tabs>
    </>
  );
}
