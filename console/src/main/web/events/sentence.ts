// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Ancestor, SecureEvent } from '../api/events';
import type { Language } from '../i18n/language';

/** One sentence of what happened: words of ours, and in objects what a machine said. */
export type Sentence = (string | { machine: string })[];

const m = (value: string): { machine: string } => ({ machine: value });

function text(value: unknown): string {
  if (value === null || value === undefined || value === '<NA>') return '';
  return typeof value === 'string' ? value : String(value);
}

/** The runtime's program through which somebody entered a container; "" when the container ran it itself. */
export function door(lineage: Ancestor[]): string {
  const outside = lineage.findIndex((task) => task.container === 'host' || task.container === '');
  if (outside <= 0) return '';
  const entry = lineage[outside];
  const cmdline = text(entry?.cmdline);
  if (!/^(runc|crun|docker-runc|conmon|containerd-shim)/.test(text(entry?.name))) return '';
  const above = lineage.slice(outside);
  const runs = (name: string) => above.some((task) => task.name === name);
  // The shim outlives who started it, and tells whose it is.
  const namespace = (of: string) =>
    above.some((task) => text(task.cmdline).includes(`-namespace ${of}`));
  if (/\sexec\s/.test(cmdline)) {
    if (runs('dockerd') || namespace('moby')) return 'docker exec';
    return runs('kubelet') || namespace('k8s.io') ? 'kubectl exec' : 'exec';
  }
  return '';
}

/** Where it happened, in the words people use for it. */
export function place(event: SecureEvent): string {
  const labels = event.labels;
  return (
    labels['kubernetes.pod.name'] ??
    labels['container.name'] ??
    (event.containerId === '' ? (labels['host.hostName'] ?? '') : event.containerId)
  );
}

interface Facts {
  user: string;
  process: string;
  parent: string;
  cmdline: string;
  file: string;
  peer: string;
  tty: boolean;
  where: string;
  inContainer: boolean;
  door: string;
}

function facts(event: SecureEvent): Facts {
  const fields = event.content.fields;
  const self = event.content.lineage[0];
  const parent = event.content.lineage[1];
  const fd = text(fields['fd.name']);
  const isFile = fd.startsWith('/');
  return {
    user: text(fields['user.name']) || text(self?.user) || text(fields['user.uid']),
    process: text(fields['proc.name']) || text(self?.name),
    parent: text(fields['proc.pname']) || text(parent?.name),
    cmdline: text(fields['proc.cmdline']) || text(self?.cmdline),
    file: isFile ? fd : text(fields['fs.path.name']),
    peer: isFile ? '' : fd,
    tty:
      (text(fields['proc.tty']) !== '' && text(fields['proc.tty']) !== '0') ||
      text(self?.tty) !== '',
    where: place(event),
    inContainer: event.containerId !== '',
    door: door(event.content.lineage),
  };
}

export function sentence(event: SecureEvent, language: Language): Sentence {
  const of = facts(event);
  const fields = event.content.fields;
  if (event.engine === 'drift') return drift(event, of, language);
  if (of.process === '') return [m(event.content.output)];
  if (of.file !== '') {
    const wrote = /writ|creat|modif|known malware|filename/i.test(event.content.ruleName);
    return language === 'ja'
      ? [
          ...who(of, language),
          m(of.process),
          'で',
          m(of.file),
          wrote ? 'に書き込みました' : 'を開きました',
          ...via(of, language),
        ]
      : [
          ...who(of, language),
          wrote ? ' wrote ' : ' opened ',
          m(of.file),
          ' with ',
          m(of.process),
          ...at(of, language),
          ...via(of, language),
        ];
  }
  if (of.peer !== '') {
    return language === 'ja'
      ? [...who(of, language), m(of.process), 'が', m(of.peer), 'と通信しました']
      : [
          ...who(of, language),
          "'s ",
          m(of.process),
          ' talked to ',
          m(of.peer),
          ...at(of, language),
        ];
  }
  const command = of.cmdline === '' ? of.process : of.cmdline;
  const tty = of.tty && fields['proc.tty'] !== undefined;
  return language === 'ja'
    ? [
        ...who(of, language),
        m(command),
        tty ? 'を端末付きで実行しました' : 'を実行しました',
        ...via(of, language),
      ]
    : [
        ...who(of, language),
        ' ran ',
        m(command),
        tty ? ' with a terminal' : '',
        ...at(of, language),
        ...via(of, language),
      ];
}

const REASONS: Record<string, [string, string]> = {
  added: ['a program added after the container started', 'コンテナ起動後に追加されたプログラム'],
  changed: [
    'a program changed after the container started',
    'コンテナ起動後に変更されたプログラム',
  ],
  memory: ['a program that exists only in memory', 'メモリ上だけに存在するプログラム'],
  deleted: ['a program whose file was deleted', 'ファイルが削除されたプログラム'],
  volume: ['a program on a mounted volume', 'ボリューム上のプログラム'],
  prohibited: ['a prohibited program', '禁止されたプログラム'],
};

function drift(event: SecureEvent, of: Facts, language: Language): Sentence {
  const fields = event.content.fields;
  const file = text(fields['drift.file']) || text(fields['proc.exepath']);
  const reason = text(fields['drift.reason']);
  const known = Object.entries(REASONS).find(([word]) => reason.includes(word))?.[1];
  const stopped = event.actions.some(
    (done) => done.status === 'done' && done.type.includes('prevented'),
  );
  if (language === 'ja') {
    const what = known?.[1] ?? 'イメージに含まれないプログラム';
    return [
      ...who(of, language),
      `${what} `,
      m(file),
      stopped ? 'を実行しようとしました' : 'を実行しました',
    ];
  }
  const what = known?.[0] ?? 'a program that its image did not bring';
  return [
    ...who(of, language),
    stopped ? ' tried to run ' : ' ran ',
    m(file),
    `, ${what},`,
    ...at(of, language),
  ];
}

function who(of: Facts, language: Language): Sentence {
  const user = of.user === '' ? (language === 'ja' ? '不明なユーザー' : 'somebody') : m(of.user);
  if (language === 'en') return [user];
  return of.where === ''
    ? [user, 'が']
    : [user, 'が', m(of.where), of.inContainer ? 'の中で' : 'で'];
}

function at(of: Facts, language: Language): Sentence {
  if (of.where === '' || language === 'ja') return [];
  return of.inContainer ? [' in ', m(of.where)] : [' on ', m(of.where)];
}

function via(of: Facts, language: Language): Sentence {
  if (of.door === '') return [];
  return language === 'ja' ? [`(${of.door} 経由)`] : [` (${of.door})`];
}
