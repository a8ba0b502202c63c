// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { pieces, shorten } from './safe-text';

interface Props {
  children: unknown;
  /** Longer texts lose their middle; the whole is in the title. */
  max?: number;
  className?: string;
  bold?: boolean;
}

/** Text that came from a machine: monospace, isolated in its direction, hidden characters marked. */
export function Machine({ children, max, className = '', bold }: Props) {
  const whole = typeof children === 'string' ? children : JSON.stringify(children ?? '');
  const text = max === undefined ? whole : shorten(whole, max);
  return (
    <bdi
      className={`machine ${bold ? 'bold' : ''} ${className}`}
      dir="ltr"
      title={text === whole ? undefined : whole.slice(0, 2000)}
    >
      {pieces(text).map((piece, at) =>
        'text' in piece ? (
          piece.text
        ) : (
          <span key={at} className="mark" title={piece.code}>
            {piece.mark}
          </span>
        ),
      )}
    </bdi>
  );
}
