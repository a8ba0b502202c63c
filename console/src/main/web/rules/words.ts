// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../i18n/language';

export const ruleWords = words(
  {
    list: 'List',
    items: 'Items',
    count: (n: number) => (n === 1 ? '1 item' : `${n} items`),
    find: 'Find an item',
    newItems: 'Items to append',
    newItemsHint: 'One a line. They join the list; what is shipped stays as it is.',
    appended: (n: number, name: string) =>
      `${n === 1 ? '1 item' : `${n} items`} appended to ${name}`,
    saved: 'Saved',
    from: 'From',
    by: (who: string) => `appended by ${who}`,
    take: 'Take out',
    taken: 'Taken out',
    already: (what: string) => `already in the list: ${what}`,
    spreading: (done: number, all: number) => `in force on ${done} of ${all} agents`,
    spread: (all: number, time: string) => `in force on ${all} of ${all} agents after ${time}`,
    noAgents: 'no agent is connected: it holds once one is',
    refused: (n: number) => `${n} agents refuse it; see Agents`,
    notKnown: 'There is no list of that name here.',
    adminOnly: 'Only administrators change lists.',
  },
  {
    list: 'リスト',
    items: '項目',
    count: (n: number) => `${n} 項目`,
    find: '項目を検索',
    newItems: '追加する項目',
    newItemsHint: '1 行に 1 項目。リストに追加され、標準の項目はそのまま残ります。',
    appended: (n: number, name: string) => `${name} に ${n} 項目を追加しました`,
    saved: '保存しました',
    from: '由来',
    by: (who: string) => `${who} が追加`,
    take: '外す',
    taken: '外しました',
    already: (what: string) => `すでにリストにあります: ${what}`,
    spreading: (done: number, all: number) => `${all} 台中 ${done} 台のエージェントに反映済み`,
    spread: (all: number, time: string) => `${time} で全 ${all} 台のエージェントに反映しました`,
    noAgents: '接続中のエージェントがありません。接続後に反映されます',
    refused: (n: number) => `${n} 台のエージェントが拒否しました(エージェントを参照)`,
    notKnown: 'この名前のリストはありません。',
    adminOnly: 'リストを変更できるのは管理者のみです。',
  },
);
