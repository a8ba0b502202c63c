// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../../i18n/language';

export const scopeWords = words(
  {
    scope: 'Scope',
    hint: 'Where it holds; everywhere without a line.',
    add: 'Add a condition',
    text: 'Write it as text',
    rows: 'Build it line by line',
    everywhere: 'Everywhere: every host and every container.',
    field: 'Field',
    operator: 'Operator',
    value: 'Value',
    asking: 'Looking what it covers…',
    covers: (some: number, all: number) =>
      `Covers ${some} of ${all} ${all === 1 ? 'container' : 'containers'} now`,
    pods: (n: number) => `${n} ${n === 1 ? 'pod' : 'pods'}`,
    hosts: (some: number, all: number) => `${some} of ${all} hosts themselves`,
    nothing: 'Nothing that runs now. It will hold for what starts later and fits.',
    unknown: (n: number) =>
      `${n} more may be covered: not described yet by their runtime, or not told.`,
    silent: (n: number) =>
      `${n} ${n === 1 ? 'agent is' : 'agents are'} not heard: what runs there is not counted.`,
    show: 'Show them',
    where: 'Container',
    image: 'Image',
    pod: 'Pod',
    agent: 'Agent',
    host: 'The host itself',
    pending: 'not described yet',
    more: (n: number) => `and ${n} more`,
  },
  {
    scope: 'スコープ',
    hint: '適用範囲。条件がない場合はすべてに適用されます。',
    add: '条件を追加',
    text: 'テキストで記述',
    rows: '1 行ずつ指定',
    everywhere: 'すべてのホストとコンテナに適用されます。',
    field: 'フィールド',
    operator: '演算子',
    value: '値',
    asking: '適用対象を確認しています…',
    covers: (some: number, all: number) => `現在 ${all} 個中 ${some} 個のコンテナに適用`,
    pods: (n: number) => `Pod ${n} 個`,
    hosts: (some: number, all: number) => `ホスト自体 ${all} 台中 ${some} 台`,
    nothing: '現在実行中のものには適用されません。今後起動し条件に合うものに適用されます。',
    unknown: (n: number) =>
      `ほかに ${n} 個が対象になる可能性があります(ランタイムからの情報待ち、または未通知)。`,
    silent: (n: number) => `${n} 台のエージェントから応答がなく、その環境は数に含まれません。`,
    show: '対象を表示',
    where: 'コンテナ',
    image: 'イメージ',
    pod: 'Pod',
    agent: 'エージェント',
    host: 'ホスト自体',
    pending: '情報待ち',
    more: (n: number) => `ほか ${n} 個`,
  },
);
