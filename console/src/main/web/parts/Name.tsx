// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { pieces } from './safe-text';

/**
 * A name or sentence that somebody gave: in the page's own letters, but isolated in its direction, and
 * with marks for what cannot be seen. It may come from a file of anybody's rules.
 */
export function Name({ children }: { children: string }) {
  return (
    <bdi className="name">
      {pieces(children).map((piece, at) => {
        if ('text' in piece) return piece.text;
        // Blanks and line breaks are nothing to warn of in prose; nor is the wide space of Japanese.
        if (/^U\+(000A|000D|0009|3000)$/.test(piece.code)) return ' ';
        return (
          <span key={at} className="mark" title={piece.code}>
            {piece.mark}
          </span>
        );
      })}
    </bdi>
  );
}
