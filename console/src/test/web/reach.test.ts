// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import { isOfFile } from '../../main/web/parts/Boundary';

describe('a page whose file did not come', () => {
  it('is told apart from a fault of the page', () => {
    for (const message of [
      'Unable to preload CSS for /assets/words-EfGTHWs8.css',
      'Failed to fetch dynamically imported module: https://127.0.0.1:7443/assets/a.js',
      'error loading dynamically imported module: https://127.0.0.1:7443/assets/a.js',
      'Importing a module script failed.',
    ]) {
      expect(isOfFile(new TypeError(message))).toBe(true);
    }
    expect(isOfFile(new TypeError("Cannot read properties of null (reading 'id')"))).toBe(false);
    expect(isOfFile('preload CSS')).toBe(false);
  });
});
