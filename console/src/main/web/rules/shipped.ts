// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** Shipped with the program: a policy is changed in what is its owner's, the rest is appended to or copied. */
export const isShipped = (of: {
  isDefault?: boolean;
  readOnly?: boolean;
  origin?: string;
}): boolean => of.readOnly === true || of.isDefault === true || of.origin === 'Torimono';
