// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call, path } from '../../api/client';
import type { ScopePreview } from '../../api/drafts';
import type { Count } from '../../api/events';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextArea } from '../../parts/Field';
import { rows, SCOPE_FIELDS, SCOPE_OPERATORS, scopeOf, suggestions, type Row } from './scope';
import { ScopeCovers } from './ScopeCovers';
import { scopeWords } from './scope-words';

interface Props {
  scope: string;
  onChange: (scope: string) => void;
}

/** A scope with what it covers now. */
export function ScopeBuilder(props: Props) {
  return (
    <div className="stack">
      <ScopeLines {...props} />
      <ScopeCovers scope={props.scope} />
    </div>
  );
}

/** A scope line by line, or as text where it says more than lines can. */
function ScopeLines({ scope, onChange }: Props) {
  const t = useWords(scopeWords);
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
          hint={t.hint}
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
              {t.rows}
            </Button>
          </div>
        )}
      </div>
    );
  }
  return (
    <div className="scope">
      {lines.length === 0 && <p className="dim">{t.everywhere}</p>}
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
          {t.add}
        </Button>
        <Button kind="quiet" onClick={() => setAsText(true)}>
          {t.text}
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
  const t = useWords(scopeWords);
  const id = useId();
  const attribute = SCOPE_FIELDS.find(([field]) => field === row.field)?.[1];
  const known = useQuery({
    queryKey: ['values', attribute],
    queryFn: () =>
      call<{ counts: Count[] }>('GET', path('/api/v1/events/counts', { attribute, limit: 100 })),
    enabled: attribute !== undefined,
  });
  const running = useQuery({
    queryKey: ['scope', ''],
    queryFn: () => call<ScopePreview>('POST', '/api/v1/what-if/scope', { scope: '' }),
  });
  const values = suggestions(
    row.field,
    running.data?.places ?? [],
    (known.data?.counts ?? []).map((one) => one.value),
  );
  const fields = SCOPE_FIELDS.map(([field]) => field);
  return (
    <div className="row scope-line">
      <select
        aria-label={t.field}
        value={row.field}
        onChange={(e) => onChange({ ...row, field: e.target.value })}
      >
        {(fields.includes(row.field) ? fields : [row.field, ...fields]).map((field) => (
          <option key={field}>{field}</option>
        ))}
      </select>
      <select
        aria-label={t.operator}
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
        aria-label={t.value}
        list={id}
        value={row.value}
        onChange={(e) => onChange({ ...row, value: e.target.value })}
      />
      <datalist id={id}>
        {values.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      <Button kind="quiet" icon="close" label={`− ${row.field}`} onClick={onRemove} />
    </div>
  );
}
