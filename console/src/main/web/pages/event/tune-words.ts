// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../../i18n/language';

export const tuneWords = words(
  {
    intro:
      'An exception keeps a policy from acting on and telling what you know to be harmless. As narrow as this event allows:',
    policy: 'Policy',
    managedOnly:
      'Only managed policies cover this event; they take exceptions on the agent (torimono exception add). Here you can mute it.',
    scope: 'Scope',
    when: 'When',
    whenHint: 'A condition as rules have it.',
    reason: 'Reason',
    owner: 'Owner',
    expires: 'Expires',
    preview: 'What would it have silenced?',
    says: (judged: number, exempt: number) => `Of ${judged} events of the last 7 days: ${exempt}.`,
    unknown: (n: number) => `Of ${n} it cannot be told.`,
    cannot: 'This collector cannot tell.',
    apply: 'Apply',
    applied: 'Exception applied',
    undo: 'Undo',
    undone: 'Exception taken back',
    adminOnly: 'Exceptions need the role admin.',
    there: 'Exceptions of this policy',
  },
  {
    intro:
      '無害とわかっているものに対し、ポリシーが動作・通知しないようにします。このイベントに絞った例外の案です。',
    policy: 'ポリシー',
    managedOnly:
      '管理ポリシーのみが対象です。管理ポリシーの例外はエージェント側で設定します(torimono exception add)。ここではミュートが利用できます。',
    scope: 'スコープ',
    when: '条件',
    whenHint: 'ルールと同じ書式の条件。',
    reason: '理由',
    owner: '担当者',
    expires: '有効期限',
    preview: '適用していた場合に除外されるイベント',
    says: (judged: number, exempt: number) => `過去 7 日間の ${judged} 件のうち ${exempt} 件。`,
    unknown: (n: number) => `${n} 件は判定できません。`,
    cannot: 'このコレクターでは判定できません。',
    apply: '適用',
    applied: '例外を適用しました',
    undo: '元に戻す',
    undone: '例外を取り消しました',
    adminOnly: '例外の設定には管理者権限が必要です。',
    there: 'このポリシーの例外',
  },
);
