// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import { pieces, plain, shorten } from '../../main/web/parts/safe-text';

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
    expect(plain('a\u0000b\u001b[31mc\td\ne')).toBe('a␀b␛[31mc⇥d⏎e');
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
});
