// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../i18n/language';

export const trialWords = words(
  {
    place: 'Where',
    process: 'Process',
    answer: 'Answer',
    matched: 'matched',
    notMatched: 'no more',
    covered: 'covered',
    exempt: 'taken out',
    unknown: 'cannot be told',
  },
  {
    place: '場所',
    process: 'プロセス',
    answer: '結果',
    matched: '一致',
    notMatched: '一致しない',
    covered: '対象',
    exempt: '例外',
    unknown: '判定不能',
  },
);
