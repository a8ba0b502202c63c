// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { expect, test } from 'vitest';
import { within } from '../../main/web/pages/event/tree/viewport';

test('what fits stands in the middle, whatever is looked at', () => {
  expect(within(300, 100, 10)).toBe(100);
  expect(within(300, 100, 90)).toBe(100);
  expect(within(300, 300, 150)).toBe(0);
});

test('what is larger shows the place and leaves nothing empty', () => {
  expect(within(300, 1000, 500)).toBe(-350);
  expect(within(300, 1000, 20)).toBe(0);
  expect(within(300, 1000, 990)).toBe(-700);
});
