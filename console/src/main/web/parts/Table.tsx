// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { ReactNode } from 'react';

export interface Column<T> {
  head: ReactNode;
  /** Set to the right, as numbers are compared. */
  number?: boolean;
  className?: string;
  cell: (row: T) => ReactNode;
}

interface Props<T> {
  columns: Column<T>[];
  rows: readonly T[];
  keyOf: (row: T, at: number) => string | number;
}

/** Rows of one kind in a list that scrolls by itself where it is too wide. */
export function Table<T>({ columns, rows, keyOf }: Props<T>) {
  const looks = ({ number, className }: Column<T>) =>
    [number ? 'number' : '', className ?? ''].join(' ').trim() || undefined;
  return (
    <div className="list">
      <table>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={at} className={column.number ? 'number' : undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={keyOf(row, at)}>
              {columns.map((column, i) => (
                <td key={i} className={looks(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
