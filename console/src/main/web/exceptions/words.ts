// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../i18n/language';

export const exceptionWords = words(
  {
    title: 'Exceptions',
    hint: 'What this policy neither acts on nor tells, although its rules match.',
    none: 'There are none.',
    add: 'Add an exception',
    remove: (name: string) => `Remove the exception ${name}`,
    name: 'Name',
    scope: 'Scope',
    when: 'When',
    whenHint: 'A condition as rules have it.',
    reason: 'Reason',
    owner: 'Owner',
    expires: 'Expires',
    expired: 'expired',
    until: (day: string) => `until ${day}`,
    tooWide: 'Without a scope or a condition it would switch the whole policy off.',
    kept: 'It counts once the policy is saved.',
  },
  {
    title: '例外',
    hint: 'ルールに一致しても、このポリシーが動作も通知もしないもの。',
    none: '例外はありません。',
    add: '例外を追加',
    remove: (name: string) => `例外 ${name} を削除`,
    name: '名前',
    scope: 'スコープ',
    when: '条件',
    whenHint: 'ルールと同じ書式の条件。',
    reason: '理由',
    owner: '担当者',
    expires: '有効期限',
    expired: '期限切れ',
    until: (day: string) => `${day} まで`,
    tooWide: 'スコープも条件もない例外は、ポリシー全体を無効にすることになります。',
    kept: 'ポリシーを保存すると有効になります。',
  },
);
