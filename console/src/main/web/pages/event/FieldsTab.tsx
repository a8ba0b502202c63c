// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState } from 'react';
import type { SecureEvent } from '../../api/events';
import { askable } from '../../events/filter';
import { Value } from '../../events/Value';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { eventWords } from './words';

export function FieldsTab({ event }: { event: SecureEvent }) {
  const t = useWords(eventWords);
  const [find, setFind] = useState('');
  const labels = Object.entries(event.labels).map(([name, value]) => ({
    name,
    value,
    label: true,
  }));
  const fields = Object.entries(event.content.fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({
      name,
      // In ns it has more digits than a number keeps; the event tells the same moment as text.
      value:
        name === 'evt.time'
          ? event.timestampRFC3339Nano
          : typeof value === 'string'
            ? value
            : JSON.stringify(value),
      label: false,
    }));
  const all = [
    ...fields,
    ...labels.filter((label) => !fields.some((field) => field.name === label.name)),
  ];
  const shown = all.filter((one) =>
    `${one.name} ${one.value}`.toLowerCase().includes(find.toLowerCase()),
  );
  return (
    <div className="stack">
      <input
        type="search"
        className="find"
        aria-label={t.filterFields}
        placeholder={t.filterFields}
        value={find}
        onChange={(e) => setFind(e.target.value)}
      />
      <div className="list">
        <table>
          <thead>
            <tr>
              <th>{t.field}</th>
              <th>{t.value}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.name}>
                <td className="machine field-cell">{one.name}</td>
                <td>
                  {one.label || askable(one.name) ? (
                    <Value attribute={one.name} value={one.value} max={4000} />
                  ) : (
                    <Machine>{one.value}</Machine>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
