// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useLocation } from 'wouter';
import { path } from '../api/client';
import { common } from '../i18n/common';
import { useWords, words } from '../i18n/language';
import { Machine } from '../parts/Machine';
import { Menu } from '../parts/Menu';
import { tell } from '../parts/Toast';
import { is, isNot } from './filter';

const valueWords = words(
  {
    is: 'Only events with this',
    isNot: 'Only events without this',
    copy: 'Copy',
    menu: (name: string) => `Filter by ${name}`,
  },
  {
    is: 'この値のイベントのみ',
    isNot: 'この値を除く',
    copy: 'コピー',
    menu: (name: string) => `${name} で絞り込む`,
  },
);

interface Props {
  attribute: string;
  value: string;
  max?: number;
  /** Takes the clause; without one the events are opened with it. */
  onFilter?: ((clause: string) => void) | undefined;
}

/** A value that filters by itself: is, is not. */
export function Value({ attribute, value, max = 120, onFilter }: Props) {
  const t = useWords(valueWords);
  const c = useWords(common);
  const [, go] = useLocation();
  const use = onFilter ?? ((clause: string) => go(path('/events', { filter: clause })));
  return (
    <Menu
      label={t.menu(attribute)}
      className="value"
      choices={[
        { label: t.is, act: () => use(is(attribute, value)) },
        { label: t.isNot, act: () => use(isNot(attribute, value)) },
        'line',
        {
          label: t.copy,
          act: () => void navigator.clipboard.writeText(value).then(() => tell(c.copied)),
        },
      ]}
    >
      <Machine max={max}>{value}</Machine>
    </Menu>
  );
}
