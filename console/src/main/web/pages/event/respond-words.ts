// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../../i18n/language';

const EN: Record<string, string> = {
  KILL_PROCESS: 'Kill the process',
  KILL_CONTAINER: 'Kill the container',
  STOP_CONTAINER: 'Stop the container',
  PAUSE_CONTAINER: 'Pause the container',
  UNPAUSE_CONTAINER: 'Let the container go on',
  START_CONTAINER: 'Start the container again',
  FILE_QUARANTINE: 'Quarantine the file',
  FILE_UNQUARANTINE: 'Take the file out of quarantine',
  FILE_ACQUIRE: 'Fetch the file',
};

const JA: Record<string, string> = {
  KILL_PROCESS: 'プロセスの強制終了',
  KILL_CONTAINER: 'コンテナの強制終了',
  STOP_CONTAINER: 'コンテナの停止',
  PAUSE_CONTAINER: 'コンテナの一時停止',
  UNPAUSE_CONTAINER: 'コンテナの再開',
  START_CONTAINER: 'コンテナの起動',
  FILE_QUARANTINE: 'ファイルの隔離',
  FILE_UNQUARANTINE: 'ファイルの隔離を解除',
  FILE_ACQUIRE: 'ファイルの取得',
};

export const respondWords = words(
  {
    action: (type: string) => EN[type] ?? type,
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
    doing: 'Doing it…',
    earlier: 'Done so far',
    undo: 'Undo',
    undone: 'undone',
    download: 'Download',
    dryRun: 'check',
    outcome: (word: string) =>
      ({
        done: 'done',
        failed: 'failed',
        refused: 'refused',
        monitored: 'would have',
        expired: 'expired',
        unanswered: 'no answer',
      })[word] ??
      (word || 'waiting'),
    parameters: 'Parameters',
    adminOnly: 'Responding needs the role analyst.',
  },
  {
    action: (type: string) => JA[type] ?? type,
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
    doing: '実行中…',
    earlier: 'これまでの対応',
    undo: '元に戻す',
    undone: '元に戻しました',
    download: 'ダウンロード',
    dryRun: '確認のみ',
    outcome: (word: string) =>
      ({
        done: '完了',
        failed: '失敗',
        refused: '拒否',
        monitored: '監視のみ',
        expired: '期限切れ',
        unanswered: '応答なし',
      })[word] ??
      (word || '待機中'),
    parameters: 'パラメーター',
    adminOnly: '対応にはアナリスト以上の権限が必要です。',
  },
);
