// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../i18n/language';

export const versionWords = words(
  {
    history: 'Versions',
    version: (n: number) => `Version ${n}`,
    current: 'in force',
    rollback: 'Go back to this',
    rolledBack: 'Gone back',
    diff: 'What changed',
    historyNone: 'This collector keeps no versions.',
  },
  {
    history: 'バージョン',
    version: (n: number) => `バージョン ${n}`,
    current: '適用中',
    rollback: 'この版に戻す',
    rolledBack: '戻しました',
    diff: '変更点',
    historyNone: 'このコレクターはバージョンを保持していません。',
  },
);
