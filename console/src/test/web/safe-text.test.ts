// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import { fitted, pieces, plain, shorten } from '../../main/web/parts/safe-text';

describe('text from machines', () => {
  it('keeps what can be seen as it is', () => {
    expect(pieces('sh -c "echo $HOME" 日本語 é 😀')).toEqual([
      { text: 'sh -c "echo $HOME" 日本語 é 😀' },
    ]);
  });

  it('marks what turns text around', () => {
    expect(plain('exe\u202Egpj.sh')).toBe('exe⟨202E⟩gpj.sh');
    expect(plain('a\u2066b\u2069\u200Fc')).toBe('a⟨2066⟩b⟨2069⟩⟨200F⟩c');
  });

  it('marks controls, spaces that are none, and what has no width', () => {
    expect(plain('a\u0000b\u001b[31mc\td\ne')).toBe('a⟨0000⟩b⟨001B⟩[31mc⇥d⏎e');
    expect(plain('x\u200By\u00A0z\uFEFF')).toBe('x⟨200B⟩y⟨00A0⟩z⟨FEFF⟩');
    expect(plain('\u{E0041}tag')).toBe('⟨E0041⟩tag');
  });

  it('marks half a pair', () => {
    expect(plain('a\uD83Db')).toBe('a⟨D83D⟩b');
  });

  it('leaves out the middle, never half a character', () => {
    expect(shorten('😀'.repeat(10), 5)).toBe('😀😀😀…😀');
    expect(shorten('short', 5)).toBe('short');
  });

  it('fits a box of a drawing by its columns, never half a mark', () => {
    expect(fitted('xmrig id', 27)).toBe('xmrig id');
    expect(fitted('a'.repeat(30), 27)).toBe(`${'a'.repeat(17)}…${'a'.repeat(9)}`);
    for (const text of [
      '\u0001'.repeat(20),
      '日本語'.repeat(9),
      `sh -c \u202e${'x'.repeat(90)}\u0007`,
    ]) {
      const shown = fitted(text, 27);
      const columns = [...shown].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0);
      expect(columns).toBeLessThanOrEqual(27);
      expect(shown.replaceAll(/⟨[0-9A-F]{4}⟩/g, '')).not.toMatch(/[⟨⟩]/);
    }
  });
});
