// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../i18n/language';

export const shellWords = words(
  {
    overview: 'Overview',
    events: 'Events',
    incidents: 'Incidents',
    policies: 'Policies',
    library: 'Library',
    agents: 'Agents',
    activity: 'Activity',
    settings: 'Settings',
    places: 'Places',
    skip: 'Skip to the content',
    account: 'Account',
    logOut: 'Log out',
    auto: 'As the system has it',
    light: 'Light',
    dark: 'Dark',
    keys: 'Keyboard keys',
    notFound: 'There is nothing at this address',
    toEvents: 'To the events',
    role: (role: string) => role,
  },
  {
    overview: '概要',
    events: 'イベント',
    incidents: 'インシデント',
    policies: 'ポリシー',
    library: 'ライブラリ',
    agents: 'エージェント',
    activity: 'アクティビティ',
    settings: '設定',
    places: 'メニュー',
    skip: '本文へ移動',
    account: 'アカウント',
    logOut: 'ログアウト',
    auto: 'システムに合わせる',
    light: 'ライト',
    dark: 'ダーク',
    keys: 'キーボードショートカット',
    notFound: 'このアドレスには何もありません',
    toEvents: 'イベントへ',
    role: (role: string) =>
      ({ viewer: '閲覧者', analyst: 'アナリスト', admin: '管理者' })[role] ?? role,
  },
);
