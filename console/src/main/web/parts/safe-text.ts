// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** A piece of a text from a machine: as it is, or a mark that stands for what cannot be seen. */
export type Piece = { text: string } | { mark: string; code: string };

// Controls, what changes the direction of text, what has no width, odd spaces, tags and variation
// selectors: all of them make a text look like another one. Tab and newline have marks of their own.
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu;

// Only what the letters of any system have.
const NAMES: Record<string, string> = {
  '\t': '⇥',
  '\n': '⏎',
};

function mark(character: string): { mark: string; code: string } {
  const point = character.codePointAt(0) ?? 0;
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return { mark: NAMES[character] ?? `⟨${code.slice(2)}⟩`, code };
}

/** Most texts: nothing in them needs a second look. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Takes a text apart, so that nothing in it can hide or turn around what stands beside it. */
export function pieces(text: string): Piece[] {
  if (PLAIN.test(text)) return text === '' ? [] : [{ text }];
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push(mark(match[0]));
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

/** The same as one text, for titles and drawings. */
export function plain(text: string): string {
  return pieces(text)
    .map((piece) => ('text' in piece ? piece.text : piece.mark))
    .join('');
}

/** At most so many characters, the middle left out. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = [...text];
  if (points.length <= max) return text;
  const head = Math.ceil((max - 1) * 0.65);
  return `${points.slice(0, head).join('')}…${points.slice(points.length - (max - 1 - head)).join('')}`;
}

/** East Asian letters and pictures take two columns of a monospaced line. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** The same as one text for a drawing, of at most so many columns; a mark is never cut in two. */
export function fitted(text: string, columns: number): string {
  const units = pieces(shorten(text, columns * 2)).flatMap((piece) =>
    'text' in piece ? [...piece.text] : [piece.mark],
  );
  const width = (unit: string) => (WIDE.test(unit) ? 2 : unit.length > 2 ? unit.length : 1);
  const all = units.reduce((sum, unit) => sum + width(unit), 0);
  if (all <= columns && text.length <= columns * 2) return units.join('');
  const taken = (from: string[], room: number) => {
    let left = room;
    const end = from.findIndex((unit) => (left -= width(unit)) < 0);
    return end < 0 ? from : from.slice(0, end);
  };
  const head = Math.ceil((columns - 1) * 0.65);
  const first = taken(units, head);
  const last = taken(units.slice(first.length).reverse(), columns - 1 - head).reverse();
  return `${first.join('')}…${last.join('')}`;
}
