// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../i18n/language';

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

const OUTCOME_EN: Record<string, string> = {
  done: 'done',
  failed: 'failed',
  refused: 'refused',
  monitored: 'would have',
  expired: 'expired',
  unanswered: 'no answer',
  cancelled: 'called off',
};

const OUTCOME_JA: Record<string, string> = {
  done: '完了',
  failed: '失敗',
  refused: '拒否',
  monitored: '監視のみ',
  expired: '期限切れ',
  unanswered: '応答なし',
  cancelled: '取り消し済み',
};

/** What agents are asked to do, and what came of it. */
export const responsesWords = words(
  {
    action: (type: string) => EN[type] ?? type,
    outcome: (word: string) => OUTCOME_EN[word] ?? (word || 'waiting for the agent'),
    running: 'running',
    allowed: 'allowed',
    undo: 'Undo',
    undone: 'undone',
    undoSure: (action: string) => `Undo: ${action}?`,
    noUndo: 'no way back',
    callOff: 'Call off',
    calledOff: 'Called off: it is not done',
    download: 'Download',
  },
  {
    action: (type: string) => JA[type] ?? type,
    outcome: (word: string) => OUTCOME_JA[word] ?? (word || 'エージェント待ち'),
    running: '実行中',
    allowed: '許可',
    undo: '元に戻す',
    undone: '元に戻しました',
    undoSure: (action: string) => `「${action}」を元に戻しますか?`,
    noUndo: '元に戻せません',
    callOff: '取り消す',
    calledOff: '取り消しました(実行されません)',
    download: 'ダウンロード',
  },
);
