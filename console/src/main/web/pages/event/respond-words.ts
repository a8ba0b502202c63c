// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../../i18n/language';

export const respondWords = words(
  {
    none: 'This collector has no response actions.',
    noneHere: 'There is nothing that could be done to this event.',
    intro:
      'Nothing is done before the agent has told what it would touch and its guard has answered.',
    unavailable: 'not available',
    check: 'Check…',
    checking: 'The agent is asked…',
    wouldTouch: 'It would touch',
    guard: 'The guard says',
    arm: 'Do it now',
    reason: 'Reason',
    reasonHint: 'Stands in the audit log.',
    noWayBack: 'There is no way back from this.',
    doing: 'Doing it…',
    earlier: 'Done so far',
    dryRun: 'check',
    parameters: 'Parameters',
    adminOnly: 'Responding needs the role analyst.',
  },
  {
    none: 'このコレクターには対応アクションがありません。',
    noneHere: 'このイベントに実行できる対応はありません。',
    intro: '実行前に、対象となるものとガードの判定をエージェントに確認します。',
    unavailable: '利用できません',
    check: '確認…',
    checking: 'エージェントに確認中…',
    wouldTouch: '対象',
    guard: 'ガードの判定',
    arm: '今すぐ実行',
    reason: '理由',
    reasonHint: '監査ログに記録されます。',
    noWayBack: 'この操作は元に戻せません。',
    doing: '実行中…',
    earlier: 'これまでの対応',
    dryRun: '確認のみ',
    parameters: 'パラメーター',
    adminOnly: '対応にはアナリスト以上の権限が必要です。',
  },
);
