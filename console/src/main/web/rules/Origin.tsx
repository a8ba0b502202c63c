// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { common } from '../i18n/common';
import { useWords } from '../i18n/language';
import { isShipped } from './catalogue';

/** Whether something comes with the program. */
export function Origin({
  of,
}: {
  of: { isDefault?: boolean; readOnly?: boolean; origin?: string };
}) {
  const c = useWords(common);
  return isShipped(of) ? (
    <span className="badge calm">{c.shipped}</span>
  ) : (
    <span className="badge good">{c.yours}</span>
  );
}
