// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { call, path } from '../../api/client';
import type { Count, FilterAttribute } from '../../api/events';
import { clauses, fromTyped, joined, quoted, wanted } from '../../events/filter';
import { useWords } from '../../i18n/language';
import { Icon } from '../../parts/Icon';
import { Machine } from '../../parts/Machine';
import { ns } from '../../parts/time';
import { eventsWords } from './words';

interface Props {
  filter: string;
  onChange: (filter: string) => void;
  /** What the server says of the filter; empty when it takes it. */
  error: string;
  fromMs: number;
}

const MOST = 12;

/** The filter as chips, and a line to write the next part in, with names, operators and values to choose. */
export function FilterBar({ filter, onChange, error, fromMs }: Props) {
  const t = useWords(eventsWords);
  const id = useId();
  const line = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const parts = clauses(filter);
  const offered = useOffered(typed, open, fromMs);
  useEffect(() => setAt(-1), [typed, open]);

  const commit = (text: string) => {
    const clause = fromTyped(text);
    if (clause !== '') onChange(joined([...parts, ...clauses(clause)]));
    setTyped('');
    setOpen(false);
  };
  const choose = (text: string) => {
    const { what, begun } = wanted(typed);
    const head = begun === '' ? typed : typed.slice(0, typed.lastIndexOf(begun));
    if (what === 'value') {
      const before = head.replace(/"$/, '');
      const inside = /\bin\s*\([^)]*$/i.test(before);
      const next = `${before}${quoted(text)}`;
      if (inside) setTyped(next);
      else commit(next);
    } else {
      setTyped(`${head}${text} ${what === 'operator' && text.endsWith('in') ? '(' : ''}`);
    }
    line.current?.focus();
  };
  const onKey = (e: KeyboardEvent) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setOpen(true);
      const step = e.key === 'ArrowDown' ? 1 : -1;
      setAt((old) => (offered.length === 0 ? -1 : (old + step + offered.length) % offered.length));
    } else if (e.key === 'Enter' || (e.key === 'Tab' && at >= 0)) {
      const chosen = open ? offered[at] : undefined;
      if (chosen !== undefined) {
        e.preventDefault();
        choose(chosen.text);
      } else if (e.key === 'Enter') {
        commit(typed);
      }
    } else if (e.key === 'Escape') {
      if (open) setOpen(false);
      else line.current?.blur();
    } else if (e.key === 'Backspace' && typed === '' && parts.length > 0) {
      e.preventDefault();
      setTyped(parts[parts.length - 1] ?? '');
      onChange(joined(parts.slice(0, -1)));
    }
  };
  return (
    <div className="filter">
      <div
        className={`filter-line ${error ? 'wrong-line' : ''}`}
        onClick={() => line.current?.focus()}
      >
        <Icon name="search" />
        {parts.map((part, index) => (
          <span key={index} className="chip">
            <button
              type="button"
              className="chip-text"
              title={t.filterEdit}
              onClick={() => {
                setTyped(part);
                onChange(joined(parts.filter((_, i) => i !== index)));
                line.current?.focus();
              }}
            >
              <Machine max={60}>{part}</Machine>
            </button>
            <button
              type="button"
              aria-label={t.filterRemove(part)}
              onClick={() => onChange(joined(parts.filter((_, i) => i !== index)))}
            >
              <Icon name="close" size={10} />
            </button>
          </span>
        ))}
        <input
          ref={line}
          id="filter"
          type="text"
          role="combobox"
          aria-label={t.filterLabel}
          aria-expanded={open && offered.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={parts.length === 0 ? t.filterPlaceholder : ''}
          value={typed}
          onChange={(e) => {
            setTyped(e.target.value);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKey}
        />
      </div>
      {open && offered.length > 0 && (
        <ul className="offers" role="listbox" id={`${id}-list`} aria-label={t.suggestions}>
          {offered.map((offer, index) => (
            <li
              key={offer.text}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              // The line keeps the focus.
              onMouseDown={(e) => {
                e.preventDefault();
                choose(offer.text);
              }}
            >
              <Machine max={80}>{offer.text}</Machine>
              <span className="dim">{offer.note}</span>
            </li>
          ))}
        </ul>
      )}
      {error && (
        <div className="wrong" id={`${id}-error`} role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

function useOffered(
  typed: string,
  open: boolean,
  fromMs: number,
): { text: string; note: string }[] {
  const { what, attribute, begun } = wanted(typed);
  const names = useQuery({
    queryKey: ['filters'],
    queryFn: () =>
      call<{ filters: FilterAttribute[] }>('GET', '/secure/events/v1/supported-filters'),
    staleTime: Infinity,
    enabled: open,
  });
  const values = useQuery({
    queryKey: ['values', attribute, fromMs],
    queryFn: () =>
      call<{ counts: Count[] }>(
        'GET',
        path('/api/v1/events/counts', { attribute, from: ns(fromMs), limit: 200 }),
      ),
    enabled: open && what === 'value' && attribute !== 'freeText',
    retry: false,
  });
  const known = names.data?.filters ?? [];
  const has = (text: string) => text.toLowerCase().includes(begun.toLowerCase());
  if (what === 'name') {
    const found = known.filter((one) => has(one.attribute));
    // Whole words that are no beginning of a name are words to look for.
    return found
      .sort(
        (a, b) => Number(!a.attribute.startsWith(begun)) - Number(!b.attribute.startsWith(begun)),
      )
      .slice(0, MOST)
      .map((one) => ({ text: one.attribute, note: one.type }));
  }
  if (what === 'operator') {
    const of = known.find((one) => one.attribute === attribute);
    const operands = of?.operands ?? [
      '=',
      '!=',
      'in',
      'not in',
      'contains',
      'startsWith',
      'exists',
    ];
    return operands.filter(has).map((text) => ({ text, note: '' }));
  }
  return (values.data?.counts ?? [])
    .filter((one) => has(one.value))
    .slice(0, MOST)
    .map((one) => ({ text: one.value, note: one.count.toLocaleString() }));
}
