// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Empty, Failure, Loading } from '../../parts/States';
import { settingsWords } from './words';

interface Props<T> {
  intro: string;
  add?: { label: string; act: () => void };
  query: UseQueryResult<T[]>;
  heads: ReactNode[];
  row: (one: T) => ReactNode;
  empty: string;
  emptyHint?: string;
}

/** What every list of the settings looks like: what it is for, a button to add, a table. */
export function Listing<T>({ intro, add, query, heads, row, empty, emptyHint }: Props<T>) {
  const t = useWords(settingsWords);
  return (
    <>
      <div className="row settings-head">
        <p className="dim grow">{intro}</p>
        {add && (
          <Button kind="primary" icon="plus" onClick={add.act}>
            {add.label}
          </Button>
        )}
      </div>
      {query.isPending ? (
        <Loading rows={3} />
      ) : query.isError ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <Empty title={empty}>{emptyHint && <p>{emptyHint}</p>}</Empty>
      ) : (
        <div className="list">
          <table>
            <thead>
              <tr>
                {heads.map((head, at) => (
                  <th key={at}>{head}</th>
                ))}
                <th>
                  <span className="unseen">{t.toDo}</span>
                </th>
              </tr>
            </thead>
            <tbody>{query.data.map(row)}</tbody>
          </table>
        </div>
      )}
    </>
  );
}
