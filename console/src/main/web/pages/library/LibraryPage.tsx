// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import '../../rules/rules.css';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { FalcoList, Macro, Rule } from '../../api/types';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Machine } from '../../parts/Machine';
import { Empty, Failure, Loading } from '../../parts/States';
import { Tabs } from '../../parts/Tabs';
import { Time } from '../../parts/Time';
import { isShipped, useLists, useMacros, usePolicies, useRules } from '../../rules/catalogue';
import { ListSheet } from '../../rules/ListSheet';
import { useMe } from '../../shell/me';
import { NewList } from './NewList';
import { NewMacro } from './NewMacro';
import { libraryWords } from './words';

const KINDS = ['rules', 'macros', 'lists'] as const;
type Kind = (typeof KINDS)[number];

export function LibraryPage({ params }: { params: { kind?: string } }) {
  const t = useWords(libraryWords);
  const me = useMe();
  const [, go] = useLocation();
  const kind: Kind = KINDS.find((one) => one === params.kind) ?? 'rules';
  const [find, setFind] = useState('');
  const [making, setMaking] = useState<Kind>();
  const make = { rules: t.newRule, macros: t.newMacro, lists: t.newList }[kind];
  return (
    <div className="page">
      <header className="page-head">
        <div className="grow">
          <h1>{t.title}</h1>
          <p>{t.intro}</p>
        </div>
        {me.may('admin') && (
          <Button
            kind="primary"
            icon="plus"
            onClick={() => (kind === 'rules' ? go('/library/new-rule') : setMaking(kind))}
          >
            {make}
          </Button>
        )}
      </header>
      <Tabs
        label={t.title}
        tabs={KINDS.map((key) => ({ key, label: t[key] }))}
        chosen={kind}
        onChoose={(key) => go(`/library/${key}`, { replace: true })}
      >
        <input
          type="search"
          className="library-find"
          aria-label={t.find}
          placeholder={t.find}
          value={find}
          onChange={(e) => setFind(e.target.value)}
        />
        {kind === 'rules' && <Rules find={find} />}
        {kind === 'macros' && <Macros find={find} />}
        {kind === 'lists' && <Lists find={find} />}
      </Tabs>
      {making === 'macros' && <NewMacro onClose={() => setMaking(undefined)} />}
      {making === 'lists' && <NewList onClose={() => setMaking(undefined)} />}
    </div>
  );
}

export function Origin({
  of,
}: {
  of: { isDefault?: boolean; readOnly?: boolean; origin?: string };
}) {
  const c = useWords(common);
  return isShipped(of) ? (
    <span className="badge calm">{c.shipped}</span>
  ) : (
    <span className="badge good">{c.yours}</span>
  );
}

/** The one that defines a name; what appends to it goes with it. */
function definitions<T extends { name: string }>(all: T[], appends: (one: T) => boolean): T[] {
  const byName = new Map<string, T>();
  for (const one of all) {
    const there = byName.get(one.name);
    if (!there || appends(there)) byName.set(one.name, one);
  }
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
}

function Rules({ find }: { find: string }) {
  const t = useWords(libraryWords);
  const c = useWords(common);
  const rules = useRules();
  const policies = usePolicies().data ?? [];
  if (rules.isPending) return <Loading />;
  if (rules.isError) return <Failure error={rules.error} retry={() => void rules.refetch()} />;
  const shown = definitions<Rule>(rules.data, (rule) => rule.details.append === true).filter(
    (rule) =>
      `${rule.name} ${rule.description} ${rule.tags.join(' ')} ${rule.details.condition?.condition ?? ''}`
        .toLowerCase()
        .includes(find.toLowerCase()),
  );
  if (shown.length === 0) return <Empty title={rules.data.length === 0 ? t.none : t.noneFound} />;
  return (
    <div className="list">
      <table>
        <thead>
          <tr>
            <th>{c.name}</th>
            <th>{t.origin}</th>
            <th>{t.priority}</th>
            <th>{t.tags}</th>
            <th className="number">{t.usedBy}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((rule) => (
            <tr key={rule.name}>
              <td>
                <Link href={`/library/rules/${encodeURIComponent(rule.name)}`}>{rule.name}</Link>
                <div className="dim">{rule.description}</div>
              </td>
              <td>
                <Origin of={rule} />
              </td>
              <td>{rule.details.priority}</td>
              <td className="dim tags-cell">{rule.tags.join(', ')}</td>
              <td className="number">
                {
                  policies.filter((policy) =>
                    policy.rules.some((one) => one.ruleName === rule.name),
                  ).length
                }
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Macros({ find }: { find: string }) {
  const t = useWords(libraryWords);
  const c = useWords(common);
  const macros = useMacros();
  if (macros.isPending) return <Loading />;
  if (macros.isError) return <Failure error={macros.error} retry={() => void macros.refetch()} />;
  const shown = definitions<Macro>(macros.data, (macro) => macro.append).filter((macro) =>
    `${macro.name} ${macro.condition.condition}`.toLowerCase().includes(find.toLowerCase()),
  );
  if (shown.length === 0) return <Empty title={macros.data.length === 0 ? t.none : t.noneFound} />;
  return (
    <div className="list">
      <table>
        <thead>
          <tr>
            <th>{c.name}</th>
            <th>{t.origin}</th>
            <th>{t.condition}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((macro) => (
            <tr key={macro.name}>
              <td>
                <Link href={`/library/macros/${encodeURIComponent(macro.name)}`}>
                  <Machine>{macro.name}</Machine>
                </Link>
              </td>
              <td>
                <Origin of={macro} />
              </td>
              <td>
                <Machine max={160} className="dim">
                  {macro.condition.condition.replace(/\s+/g, ' ').trim()}
                </Machine>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Lists({ find }: { find: string }) {
  const t = useWords(libraryWords);
  const c = useWords(common);
  const lists = useLists();
  const [open, setOpen] = useState('');
  if (lists.isPending) return <Loading />;
  if (lists.isError) return <Failure error={lists.error} retry={() => void lists.refetch()} />;
  const all = lists.data;
  const itemsOf = (name: string) =>
    all.filter((one) => one.name === name).flatMap((one) => one.items.items);
  const shown = definitions<FalcoList>(all, (list) => list.append).filter((list) =>
    `${list.name} ${itemsOf(list.name).join(' ')}`.toLowerCase().includes(find.toLowerCase()),
  );
  return (
    <>
      {shown.length === 0 ? (
        <Empty title={all.length === 0 ? t.none : t.noneFound} />
      ) : (
        <div className="list">
          <table>
            <thead>
              <tr>
                <th>{c.name}</th>
                <th>{t.origin}</th>
                <th className="number">{t.items}</th>
                <th />
                <th>{t.modified}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((list) => {
                const items = itemsOf(list.name);
                return (
                  <tr key={list.name}>
                    <td>
                      <button type="button" className="link" onClick={() => setOpen(list.name)}>
                        <Machine>{list.name}</Machine>
                      </button>
                    </td>
                    <td>
                      <Origin of={list} />
                    </td>
                    <td className="number">{items.length}</td>
                    <td>
                      <Machine max={110} className="dim">
                        {items.slice(0, 12).join(', ')}
                      </Machine>
                    </td>
                    <td>
                      <Time
                        at={Math.max(
                          0,
                          ...all
                            .filter((one) => one.name === list.name)
                            .map((one) => one.modifiedOn || 0),
                        )}
                        relative
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {open !== '' && <ListSheet name={open} onClose={() => setOpen('')} />}
    </>
  );
}
