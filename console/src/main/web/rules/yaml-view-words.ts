// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../i18n/language';

export const yamlWords = words(
  {
    label: 'YAML',
    form: 'Form',
    yaml: 'YAML',
    views: 'How to write it',
    hint: 'Ctrl+Space completes. The collector loads it with everything else while you write; nothing is kept before Save.',
    fillIn: 'Fill it in, or paste over it.',
    asking: 'The collector is looking at it…',
    sound: (n: number) => `Nothing wrong: ${n === 1 ? '1 item' : `${n} items`}`,
    error: 'error',
    warning: 'doubtful',
    place: (line: number, column: number) =>
      column > 0 ? `line ${line}, column ${column}` : `line ${line}`,
    noForm: 'The form shows one rule without errors.',
    noFormPolicy: 'The form shows one policy without errors.',
    newYaml: 'Write or paste YAML',
    newYamlIntro:
      'Rules, macros and lists as in a Falco rules file, as many as you like. They are kept as yours.',
    editYaml: 'Edit as YAML',
    editAppended: 'Edit what is appended as YAML',
    saved: (n: number) => `Saved: ${n === 1 ? '1 item' : `${n} items`}`,
    import: 'Policies from YAML',
    importIntro: 'Policies as in a policies file, as `torimono policy export` prints it.',
  },
  {
    label: 'YAML',
    form: 'フォーム',
    yaml: 'YAML',
    views: '記述方法',
    hint: 'Ctrl+Space で補完。入力中にコレクターが全体と合わせて検証します。保存するまで反映されません。',
    fillIn: '項目を記入するか、全体を貼り付けてください。',
    asking: 'コレクターが検証しています…',
    sound: (n: number) => `問題ありません: ${n} 項目`,
    error: 'エラー',
    warning: '注意',
    place: (line: number, column: number) =>
      column > 0 ? `${line} 行 ${column} 列` : `${line} 行`,
    noForm: 'フォームで表示できるのは、エラーのないルール 1 件のみです。',
    noFormPolicy: 'フォームで表示できるのは、エラーのないポリシー 1 件のみです。',
    newYaml: 'YAML を記述または貼り付け',
    newYamlIntro:
      'Falco のルールファイルと同じ形式で、ルール、マクロ、リストをまとめて記述できます。保存するとあなたの項目になります。',
    editYaml: 'YAML で編集',
    editAppended: '追加分を YAML で編集',
    saved: (n: number) => `保存しました: ${n} 項目`,
    import: 'YAML からポリシーを作成',
    importIntro: 'ポリシーファイル(`torimono policy export` の出力)と同じ形式です。',
  },
);
