// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState } from 'react';
import { Link } from 'wouter';
import type { HeldPart } from '../api/events';
import { useNames } from './catalogue';
import { parts, stretches, type Piece } from './condition';
import { ListSheet } from './ListSheet';
import { plain } from '../parts/safe-text';

interface Props {
  text: string;
  /** The fields of an event, to show what each name in the condition stood for. */
  values?: Record<string, unknown>;
  /** What of it held, to be marked. */
  held?: readonly HeldPart[];
}

/** A condition in which macros lead to their page and lists open. */
export function Condition({ text, values, held = [] }: Props) {
  const { macros, lists } = useNames();
  const [open, setOpen] = useState('');
  const shown = (of: string) =>
    parts(of, macros, lists).map((piece, at) => (
      <PieceView key={at} piece={piece} values={values} onList={setOpen} />
    ));
  return (
    <>
      <pre className="condition">
        {stretches(text, held).map((stretch, at) =>
          stretch.held ? (
            <mark key={at} className="held" title={plain(stretch.held.test)}>
              {shown(stretch.text)}
            </mark>
          ) : (
            <span key={at}>{shown(stretch.text)}</span>
          ),
        )}
      </pre>
      {open !== '' && <ListSheet name={open} onClose={() => setOpen('')} />}
    </>
  );
}

interface PieceProps {
  piece: Piece;
  values: Record<string, unknown> | undefined;
  onList: (name: string) => void;
}

function PieceView({ piece, values, onList }: PieceProps) {
  switch (piece.kind) {
    case 'macro':
      return <Link href={`/library/macros/${encodeURIComponent(piece.text)}`}>{piece.text}</Link>;
    case 'list':
      return (
        <button type="button" className="list-link" onClick={() => onList(piece.text)}>
          {piece.text}
        </button>
      );
    case 'field': {
      const value = values?.[piece.text];
      return value === undefined || value === null ? (
        <span className="field-name">{piece.text}</span>
      ) : (
        <span className="field-name has-value" title={plain(String(value))}>
          {piece.text}
          <sup>{plain(String(value)).slice(0, 40)}</sup>
        </span>
      );
    }
    case 'word':
      return <b className="operator">{piece.text}</b>;
    case 'string':
      return <span className="string">{plain(piece.text)}</span>;
    default:
      // Line breaks of a rule are its author's; whatever else cannot be seen is made visible.
      return <span>{piece.text.split('\n').map(plain).join('\n')}</span>;
  }
}
