// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState } from 'react';
import { Link } from 'wouter';
import { useNames } from './catalogue';
import { parts } from './condition';
import { ListSheet } from './ListSheet';
import { plain } from '../parts/safe-text';

interface Props {
  text: string;
  /** The fields of an event, to show what each name in the condition stood for. */
  values?: Record<string, unknown>;
}

/** A condition in which macros lead to their page and lists open. */
export function Condition({ text, values }: Props) {
  const { macros, lists } = useNames();
  const [open, setOpen] = useState('');
  return (
    <>
      <pre className="condition">
        {parts(text, macros, lists).map((piece, at) => {
          switch (piece.kind) {
            case 'macro':
              return (
                <Link key={at} href={`/library/macros/${encodeURIComponent(piece.text)}`}>
                  {piece.text}
                </Link>
              );
            case 'list':
              return (
                <button
                  key={at}
                  type="button"
                  className="list-link"
                  onClick={() => setOpen(piece.text)}
                >
                  {piece.text}
                </button>
              );
            case 'field': {
              const value = values?.[piece.text];
              return value === undefined || value === null ? (
                <span key={at} className="field-name">
                  {piece.text}
                </span>
              ) : (
                <span key={at} className="field-name has-value" title={plain(String(value))}>
                  {piece.text}
                  <sup>{plain(String(value)).slice(0, 40)}</sup>
                </span>
              );
            }
            case 'word':
              return (
                <b key={at} className="operator">
                  {piece.text}
                </b>
              );
            case 'string':
              return (
                <span key={at} className="string">
                  {plain(piece.text)}
                </span>
              );
            default:
              // Line breaks of a rule are its author's.
              return <span key={at}>{piece.text}</span>;
          }
        })}
      </pre>
      {open !== '' && <ListSheet name={open} onClose={() => setOpen('')} />}
    </>
  );
}
