// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { FalcoList, Macro, Rule } from '../../api/catalog';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { fits } from '../../parts/Find';
import { Machine } from '../../parts/Machine';
import { Name } from '../../parts/Name';
import { Empty, Failure, Loading } from '../../parts/States';
import { Table, type Column } from '../../parts/Table';
import { Time } from '../../parts/Time';
import { useLists, useMacros, usePolicies, useRules } from '../../rules/catalogue';
import { ListSheet } from '../../rules/ListSheet';
import { Origin } from '../../rules/Origin';
import { libraryWords } from './words';

/** The one that defines a name; what appends to it goes with it. */
function definitions<T extends { name: string }>(all: T[], appends: (one: T) => boolean): T[] {
  const byName = new Map<string, T>();
  for (const one of all) {
    const there = byName.get(one.name);
    if (!there || appends(there)) byName.set(one.name, one);
  }
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
}

interface Props<T> {
  query: UseQueryResult<T[]>;
  appends: (one: T) => boolean;
  fit: (one: T) => boolean;
  columns: Column<T>[];
}

/** Everything of one kind by name, or why there is nothing. */
function Catalogue<T extends { name: string }>({ query, appends, fit, columns }: Props<T>) {
  const t = useWords(libraryWords);
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const shown = definitions(query.data, appends).filter(fit);
  if (shown.length === 0) return <Empty title={query.data.length === 0 ? t.none : t.noneFound} />;
  return <Table columns={columns} rows={shown} keyOf={(one) => one.name} />;
}

export function Rules({ find }: { find: string }) {
  const t = useWords(libraryWords);
  const c = useWords(common);
  const policies = usePolicies().data ?? [];
  const using = (rule: Rule) =>
    policies.filter((policy) => policy.rules.some((one) => one.ruleName === rule.name)).length;
  return (
    <Catalogue
      query={useRules()}
      appends={(rule) => rule.details.append === true}
      fit={(rule) =>
        fits(find, rule.name, rule.description, ...rule.tags, rule.details.condition?.condition)
      }
      columns={[
        {
          head: c.name,
          className: 'wide',
          cell: (rule) => (
            <>
              <Link href={`/library/rules/${encodeURIComponent(rule.name)}`}>
                <Name>{rule.name}</Name>
              </Link>
              <div className="dim">
                <Name>{rule.description}</Name>
              </div>
            </>
          ),
        },
        { head: t.origin, cell: (rule) => <Origin of={rule} /> },
        { head: t.priority, cell: (rule) => rule.details.priority },
        {
          head: t.tags,
          className: 'dim tags-cell',
          cell: (rule) => <Name>{rule.tags.join(', ')}</Name>,
        },
        { head: t.usedBy, number: true, cell: using },
      ]}
    />
  );
}

export function Macros({ find }: { find: string }) {
  const t = useWords(libraryWords);
  const c = useWords(common);
  return (
    <Catalogue<Macro>
      query={useMacros()}
      appends={(macro) => macro.append}
      fit={(macro) => fits(find, macro.name, macro.condition.condition)}
      columns={[
        {
          head: c.name,
          cell: (macro) => (
            <Link href={`/library/macros/${encodeURIComponent(macro.name)}`}>
              <Machine>{macro.name}</Machine>
            </Link>
          ),
        },
        { head: t.origin, cell: (macro) => <Origin of={macro} /> },
        {
          head: t.condition,
          cell: (macro) => (
            <Machine max={160} className="dim">
              {macro.condition.condition.replace(/\s+/g, ' ').trim()}
            </Machine>
          ),
        },
      ]}
    />
  );
}

export function Lists({ find }: { find: string }) {
  const t = useWords(libraryWords);
  const c = useWords(common);
  const lists = useLists();
  const [open, setOpen] = useState('');
  const named = (name: string) => (lists.data ?? []).filter((one) => one.name === name);
  const itemsOf = (name: string) => named(name).flatMap((one) => one.items.items);
  return (
    <>
      <Catalogue<FalcoList>
        query={lists}
        appends={(list) => list.append}
        fit={(list) => fits(find, list.name, ...itemsOf(list.name).map(String))}
        columns={[
          {
            head: c.name,
            cell: (list) => (
              <button type="button" className="link" onClick={() => setOpen(list.name)}>
                <Machine>{list.name}</Machine>
              </button>
            ),
          },
          { head: t.origin, cell: (list) => <Origin of={list} /> },
          { head: t.items, number: true, cell: (list) => itemsOf(list.name).length },
          {
            head: <span className="unseen">{t.items}</span>,
            cell: (list) => (
              <Machine max={110} className="dim">
                {itemsOf(list.name).slice(0, 12).join(', ')}
              </Machine>
            ),
          },
          {
            head: t.modified,
            cell: ({ name }) => (
              <Time at={Math.max(0, ...named(name).map((one) => one.modifiedOn || 0))} relative />
            ),
          },
        ]}
      />
      {open !== '' && <ListSheet name={open} onClose={() => setOpen('')} />}
    </>
  );
}
