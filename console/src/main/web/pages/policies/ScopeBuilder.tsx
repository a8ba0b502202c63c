// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call, path } from '../../api/client';
import type { Count } from '../../api/types';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextArea } from '../../parts/Field';
import { rows, SCOPE_FIELDS, SCOPE_OPERATORS, scopeOf, type Row } from './scope';
import { policyWords } from './words';

interface Props {
  scope: string;
  onChange: (scope: string) => void;
}

/** A scope line by line, or as text where it says more than lines can. */
export function ScopeBuilder({ scope, onChange }: Props) {
  const t = useWords(policyWords);
  const parsed = rows(scope);
  const [asText, setAsText] = useState(parsed === undefined);
  // Lines that are not finished yet are no scope, but stay on the page.
  const [lines, setLines] = useState<Row[]>(parsed ?? []);
  const change = (next: Row[]) => {
    setLines(next);
    onChange(scopeOf(next.filter((row) => row.value !== '' || row.operator.startsWith('='))));
  };
  if (asText) {
    return (
      <div className="stack">
        <TextArea
          label={t.scope}
          hint={t.scopeHint}
          className="machine"
          value={scope}
          spellCheck={false}
          onChange={(e) => onChange(e.target.value)}
        />
        {parsed !== undefined && (
          <div>
            <Button
              onClick={() => {
                setLines(parsed);
                setAsText(false);
              }}
            >
              {t.scopeRows}
            </Button>
          </div>
        )}
      </div>
    );
  }
  return (
    <div className="scope">
      {lines.length === 0 && <p className="dim">{t.scopeEverywhere}</p>}
      {lines.map((row, at) => (
        <Line
          key={at}
          row={row}
          onChange={(next) => change(lines.map((old, i) => (i === at ? next : old)))}
          onRemove={() => change(lines.filter((_, i) => i !== at))}
        />
      ))}
      <div className="row">
        <Button
          icon="plus"
          onClick={() => change([...lines, { field: 'container.name', operator: '=', value: '' }])}
        >
          {t.scopeAdd}
        </Button>
        <Button kind="quiet" onClick={() => setAsText(true)}>
          {t.scopeText}
        </Button>
      </div>
    </div>
  );
}

interface LineProps {
  row: Row;
  onChange: (row: Row) => void;
  onRemove: () => void;
}

function Line({ row, onChange, onRemove }: LineProps) {
  const t = useWords(policyWords);
  const id = useId();
  const attribute = SCOPE_FIELDS.find(([field]) => field === row.field)?.[1];
  const known = useQuery({
    queryKey: ['values', attribute],
    queryFn: () =>
      call<{ counts: Count[] }>('GET', path('/api/v1/events/counts', { attribute, limit: 100 })),
    enabled: attribute !== undefined,
  });
  const fields = SCOPE_FIELDS.map(([field]) => field);
  return (
    <div className="row scope-line">
      <select
        aria-label={t.scopeField}
        value={row.field}
        onChange={(e) => onChange({ ...row, field: e.target.value })}
      >
        {(fields.includes(row.field) ? fields : [row.field, ...fields]).map((field) => (
          <option key={field}>{field}</option>
        ))}
      </select>
      <select
        aria-label={t.scopeOperator}
        value={row.operator}
        onChange={(e) => onChange({ ...row, operator: e.target.value })}
      >
        {SCOPE_OPERATORS.map((operator) => (
          <option key={operator}>{operator}</option>
        ))}
      </select>
      <input
        type="text"
        className="machine"
        aria-label={t.scopeValue}
        list={id}
        value={row.value}
        onChange={(e) => onChange({ ...row, value: e.target.value })}
      />
      <datalist id={id}>
        {(known.data?.counts ?? []).map((one) => (
          <option key={one.value} value={one.value} />
        ))}
      </datalist>
      <Button kind="quiet" icon="close" label={`− ${row.field}`} onClick={onRemove} />
    </div>
  );
}
