// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import '../../rules/rules.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { call, path } from '../../api/client';
import type { Macro, Rule } from '../../api/catalog';
import { is } from '../../events/filter';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Icon } from '../../parts/Icon';
import { Machine } from '../../parts/Machine';
import { Name } from '../../parts/Name';
import { plain } from '../../parts/safe-text';
import { Sheet } from '../../parts/Sheet';
import { Empty, Failure, Loading } from '../../parts/States';
import { tell, tellError } from '../../parts/Toast';
import { isShipped, useMacros, usePolicies, useRules } from '../../rules/catalogue';
import { Condition } from '../../rules/Condition';
import { Origin } from '../../rules/Origin';
import { Versions } from '../../rules/Versions';
import { yamlWords } from '../../rules/yaml-view-words';
import { useMe } from '../../shell/me';
import { NewMacro } from './NewMacro';
import { libraryWords } from './words';
import { yaml } from './yaml';

export function RulePage({ params }: { params: { name: string } }) {
  const t = useWords(libraryWords);
  const name = decodeURIComponent(params.name);
  const group = useQuery({
    queryKey: ['rules', 'group', name],
    queryFn: () => call<Rule[]>('GET', path('/api/secure/rules/groups', { name })),
  });
  return (
    <div className="page narrow">
      <Link href="/library/rules" className="back">
        <Icon name="left" size={14} /> {t.back}
      </Link>
      {group.isPending ? (
        <Loading />
      ) : group.isError ? (
        <Failure error={group.error} retry={() => void group.refetch()} />
      ) : group.data.length === 0 ? (
        <Empty title={t.gone(name)} />
      ) : (
        <Whole group={group.data} />
      )}
    </div>
  );
}

function Whole({ group }: { group: Rule[] }) {
  const t = useWords(libraryWords);
  const c = useWords(common);
  const me = useMe();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [asYaml, setAsYaml] = useState(false);
  const [removing, setRemoving] = useState(false);
  const policies = usePolicies().data ?? [];
  const rule = group.find((one) => !one.details.append) ?? group[0];
  if (!rule) return null;
  const appended = group.filter((one) => one !== rule);
  const shipped = isShipped(rule);
  const using = policies.filter((policy) => policy.rules.some((one) => one.ruleName === rule.name));
  const remove = () =>
    call('DELETE', `/api/secure/rules/${rule.id}`).then(
      async () => {
        await queries.invalidateQueries({ queryKey: ['rules'] });
        tell(t.removed);
        go('/library/rules');
      },
      (e: unknown) => {
        setRemoving(false);
        tellError(e);
      },
    );
  return (
    <>
      <header className="page-head">
        <div className="grow">
          <h1>
            <Name>{rule.name}</Name>
          </h1>
          <p>
            <Name>{rule.description}</Name>
          </p>
        </div>
        <Origin of={rule} />
        {me.may('admin') && (
          <>
            {!shipped && (
              <Link
                className="button"
                href={`/library/rules/${encodeURIComponent(rule.name)}/edit`}
              >
                {t.edit}
              </Link>
            )}
            <Link
              className="button"
              href={`/library/new-rule?copy=${encodeURIComponent(rule.name)}`}
            >
              {t.duplicate}
            </Link>
            {!shipped && (
              <Button
                kind="danger"
                icon="trash"
                label={t.removeRule}
                onClick={() => setRemoving(true)}
              />
            )}
          </>
        )}
      </header>
      {shipped && <p className="hint">{t.shippedHint}</p>}
      <section className="part">
        <h2>{t.condition}</h2>
        <Condition text={(rule.details.condition?.condition ?? '').trim()} />
      </section>
      {appended.length > 0 && (
        <section className="part">
          <h2>{t.appended}</h2>
          {appended.map((one) => (
            <Condition key={one.id} text={(one.details.condition?.condition ?? '').trim()} />
          ))}
        </section>
      )}
      <section className="part">
        <h2>{t.output}</h2>
        <Machine>{rule.details.output ?? ''}</Machine>
        <dl className="facts rule-facts">
          <dt>{t.priority}</dt>
          <dd>{rule.details.priority}</dd>
          <dt>{t.source}</dt>
          <dd>{rule.details.source}</dd>
          <dt>{t.tags}</dt>
          <dd>
            <Name>{rule.tags.join(', ')}</Name>
          </dd>
        </dl>
      </section>
      {(rule.details.exceptions ?? []).length > 0 && (
        <section className="part">
          <h2>{t.exceptions}</h2>
          <pre className="condition">
            {JSON.stringify(rule.details.exceptions, null, 2).split('\n').map(plain).join('\n')}
          </pre>
        </section>
      )}
      <section className="part">
        <h2>{t.policiesUsing}</h2>
        {using.length === 0 ? (
          <p className="dim">{t.noPolicy}</p>
        ) : (
          <ul>
            {using.map((policy) => (
              <li key={policy.id}>
                <Link href={`/policies/${policy.id}`}>
                  <Name>{policy.name}</Name>
                </Link>
              </li>
            ))}
          </ul>
        )}
        <p className="row rule-links">
          <Link href={path('/events', { filter: is('ruleName', rule.name) })}>{t.events}</Link>
          <button type="button" className="link" onClick={() => setAsYaml(!asYaml)}>
            {t.asYaml}
          </button>
        </p>
        {asYaml && <pre className="condition">{yaml(rule).split('\n').map(plain).join('\n')}</pre>}
      </section>
      {!shipped && <Versions kind="rule" id={rule.id} current={rule.version} />}
      {removing && (
        <Sheet
          kind="dialog"
          title={t.removeSure(plain(rule.name))}
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
          <p>
            <Name>{rule.description}</Name>
          </p>
        </Sheet>
      )}
    </>
  );
}

export function MacroPage({ params }: { params: { name: string } }) {
  const t = useWords(libraryWords);
  const y = useWords(yamlWords);
  const me = useMe();
  const name = decodeURIComponent(params.name);
  const macros = useMacros();
  const rules = useRules().data ?? [];
  const [editing, setEditing] = useState<Macro>();
  const group = (macros.data ?? []).filter((one) => one.name === name);
  const using = rules.filter((rule) =>
    new RegExp(`(^|[^\\w.-])${name.replace(/[^\w]/g, '\\$&')}($|[^\\w.-])`).test(
      rule.details.condition?.condition ?? '',
    ),
  );
  return (
    <div className="page narrow">
      <Link href="/library/macros" className="back">
        <Icon name="left" size={14} /> {t.back}
      </Link>
      {macros.isPending ? (
        <Loading />
      ) : macros.isError ? (
        <Failure error={macros.error} retry={() => void macros.refetch()} />
      ) : group.length === 0 ? (
        <Empty title={t.gone(name)} />
      ) : (
        <>
          <header className="page-head">
            <h1 className="grow">
              {t.macro} <Machine>{name}</Machine>
            </h1>
          </header>
          {group.map((macro) => (
            <section key={macro.id} className="part">
              <div className="row macro-head">
                <Origin of={macro} />
                <span className="grow" />
                {me.may('admin') && !isShipped(macro) && (
                  <>
                    <Link className="button" href={`/library/yaml?macro=${macro.id}`}>
                      {y.editYaml}
                    </Link>
                    <Button onClick={() => setEditing(macro)}>{t.edit}</Button>
                  </>
                )}
              </div>
              <Condition text={macro.condition.condition.trim()} />
              {!isShipped(macro) && <Versions kind="macro" id={macro.id} current={macro.version} />}
            </section>
          ))}
          <section className="part">
            <h2>{t.usedByRules}</h2>
            <ul>
              {using.map((rule) => (
                <li key={rule.id}>
                  <Link href={`/library/rules/${encodeURIComponent(rule.name)}`}>
                    <Name>{rule.name}</Name>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
      {editing && <NewMacro macro={editing} onClose={() => setEditing(undefined)} />}
    </div>
  );
}
