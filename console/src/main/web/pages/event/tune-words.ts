// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../../i18n/language';

export const tuneWords = words(
  {
    intro:
      'An exception keeps a policy from acting on and telling what you know to be harmless. As narrow as this event allows:',
    policy: 'Policy',
    noneHere:
      'No policy of this collector covers this event: its agent has one of its own, which takes exceptions there (torimono exception add). Here you can mute it.',
    preview: 'What would it have silenced?',
    says: (judged: number, exempt: number) => `Of ${judged} events of the last 7 days: ${exempt}.`,
    unknown: (n: number) => `Of ${n} it cannot be told.`,
    cannot: 'This collector cannot tell.',
    apply: 'Apply',
    applied: 'Exception applied',
    undo: 'Undo',
    undone: 'Exception taken back',
    adminOnly: 'Exceptions need the role admin.',
  },
  {
    intro:
      '無害とわかっているものに対し、ポリシーが動作・通知しないようにします。このイベントに絞った例外の案です。',
    policy: 'ポリシー',
    noneHere:
      'このイベントに適用されるポリシーはコレクターにありません。エージェント側のポリシーの例外はエージェントで設定します(torimono exception add)。ここではミュートが利用できます。',
    preview: '適用していた場合に除外されるイベント',
    says: (judged: number, exempt: number) => `過去 7 日間の ${judged} 件のうち ${exempt} 件。`,
    unknown: (n: number) => `${n} 件は判定できません。`,
    cannot: 'このコレクターでは判定できません。',
    apply: '適用',
    applied: '例外を適用しました',
    undo: '元に戻す',
    undone: '例外を取り消しました',
    adminOnly: '例外の設定には管理者権限が必要です。',
  },
);
