// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './rules.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { ApiError, call, path } from '../api/client';
import type { FalcoList } from '../api/catalog';
import { common } from '../i18n/common';
import { useWords } from '../i18n/language';
import { Button } from '../parts/Button';
import { TextArea } from '../parts/Field';
import { Machine } from '../parts/Machine';
import { Sheet } from '../parts/Sheet';
import { Empty, Failure, Loading } from '../parts/States';
import { tell, tellError } from '../parts/Toast';
import { useMe } from '../shell/me';
import { isShipped } from './catalogue';
import { InForce } from './InForce';
import { ruleWords } from './words';
import { yamlWords } from './yaml-view-words';

interface Item {
  value: string;
  origin: string;
  document: FalcoList;
}

/** All of one name: the list itself and what appends to it. */
function useGroup(name: string) {
  return useQuery({
    queryKey: ['lists', 'group', name],
    queryFn: () => call<FalcoList[]>('GET', path('/api/secure/falco/lists/groups', { name })),
  });
}

function itemsOf(group: FalcoList[]): Item[] {
  const seen = new Set<string>();
  const items: Item[] = [];
  for (const document of [...group].sort((a, b) => Number(a.append) - Number(b.append))) {
    for (const one of document.items.items) {
      const value = String(one);
      if (seen.has(value)) continue;
      seen.add(value);
      items.push({ value, origin: isShipped(document) ? 'shipped' : 'yours', document });
    }
  }
  // What somebody added is what one looks for.
  return items.sort((a, b) => Number(a.origin === 'shipped') - Number(b.origin === 'shipped'));
}

/** A list as in the article: its items, Append, Save. */
export function ListSheet({ name, onClose }: { name: string; onClose: () => void }) {
  const c = useWords(common);
  const t = useWords(ruleWords);
  const y = useWords(yamlWords);
  const me = useMe();
  const [appending, setAppending] = useState(false);
  const [text, setText] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const [changedMs, setChangedMs] = useState(0);
  const [find, setFind] = useState('');
  const group = useGroup(name);
  const queries = useQueryClient();
  const items = itemsOf(group.data ?? []);
  const shown = items.filter((item) => item.value.toLowerCase().includes(find.toLowerCase()));

  const changed = async () => {
    setChangedMs(Date.now());
    await queries.invalidateQueries({ queryKey: ['lists'] });
  };
  const save = async () => {
    const given = [
      ...new Set(
        text
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      ),
    ];
    const there = given.filter((value) => items.some((item) => item.value === value));
    if (there.length > 0) {
      setError(t.already(there.join(', ')));
      return;
    }
    setBusy(true);
    setError('');
    try {
      // One document of ours holds what is appended: a second one would only hide where things are.
      const ours = (group.data ?? []).find((one) => one.append && !isShipped(one));
      const all = [...(ours?.items.items ?? []), ...given];
      await call(
        ours ? 'PUT' : 'POST',
        ours ? `/api/secure/falco/lists/${ours.id}` : '/api/secure/falco/lists',
        { name, append: true, items: { items: all }, ...(ours ? { version: ours.version } : {}) },
      );
      await changed();
      tell(t.appended(given.length, name));
      setText('');
      setAppending(false);
    } catch (e) {
      setError(e instanceof ApiError ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  const takeOut = async (item: Item) => {
    const rest = item.document.items.items.filter((one) => String(one) !== item.value);
    const url = `/api/secure/falco/lists/${item.document.id}`;
    try {
      if (rest.length === 0 && item.document.append) await call('DELETE', url);
      else {
        await call('PUT', url, {
          name,
          append: item.document.append,
          items: { items: rest },
          version: item.document.version,
        });
      }
      await changed();
      tell(t.taken);
    } catch (e) {
      tellError(e);
    }
  };
  return (
    <Sheet
      title={
        <>
          {t.list} <Machine>{name}</Machine>
        </>
      }
      onClose={onClose}
      foot={
        appending ? (
          <>
            <Button onClick={() => setAppending(false)}>{c.cancel}</Button>
            <Button
              kind="primary"
              busy={busy}
              disabled={text.trim() === ''}
              onClick={() => void save()}
            >
              {c.save}
            </Button>
          </>
        ) : (
          <>
            <span className="grow">{changedMs > 0 && <InForce sinceMs={changedMs} />}</span>
            {me.may('admin') &&
              (group.data ?? [])
                .filter((one) => !isShipped(one))
                .map((one) => (
                  <Link key={one.id} className="button" href={`/library/yaml?list=${one.id}`}>
                    {one.append ? y.editAppended : y.editYaml}
                  </Link>
                ))}
            <Button
              kind="primary"
              icon="plus"
              disabled={!me.may('admin') || group.data === undefined}
              title={me.may('admin') ? undefined : t.adminOnly}
              onClick={() => setAppending(true)}
            >
              {c.append}
            </Button>
          </>
        )
      }
    >
      {group.isPending ? (
        <Loading />
      ) : group.isError ? (
        <Failure error={group.error} retry={() => void group.refetch()} />
      ) : items.length === 0 ? (
        <Empty title={t.notKnown} />
      ) : (
        <div className="stack">
          {appending && (
            <TextArea
              label={t.newItems}
              hint={t.newItemsHint}
              error={error}
              value={text}
              autoFocus
              rows={5}
              className="machine"
              spellCheck={false}
              onChange={(e) => {
                setText(e.target.value);
                setError('');
              }}
            />
          )}
          <div className="row">
            <input
              type="search"
              aria-label={t.find}
              placeholder={t.find}
              value={find}
              onChange={(e) => setFind(e.target.value)}
            />
            <span className="dim count">{t.count(items.length)}</span>
          </div>
          <ul className="items" aria-label={t.items}>
            {shown.map((item) => (
              <li key={item.value}>
                <Machine className="grow">{item.value}</Machine>
                <span className={`badge ${item.origin === 'shipped' ? 'calm' : 'good'}`}>
                  {item.origin === 'shipped' ? c.shipped : c.yours}
                </span>
                {item.origin !== 'shipped' && me.may('admin') && (
                  <Button
                    kind="quiet"
                    icon="trash"
                    label={`${t.take}: ${item.value}`}
                    onClick={() => void takeOut(item)}
                  />
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Sheet>
  );
}
