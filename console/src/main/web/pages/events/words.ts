// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../../i18n/language';

export const eventsWords = words(
  {
    title: 'Events',
    none: 'No events',
  },
  {
    title: 'イベント',
    none: 'イベントはありません',
  },
);
