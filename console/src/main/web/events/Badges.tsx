// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { SecureEvent } from '../api/events';
import { common } from '../i18n/common';
import { useWords, words } from '../i18n/language';
import { Icon, type IconName } from '../parts/Icon';
import { span } from '../parts/time';
import { outcomes, type Outcome, type Told } from './outcome';

const badgeWords = words(
  {
    after: (time: string) => `${time} after the event`,
    before: 'refused before it ran',
    wouldBe: (what: string) => `would have: ${what}`,
    not: (what: string) => `not ${what}`,
    acknowledged: 'acknowledged',
    closed: 'closed',
    muted: 'muted',
  },
  {
    after: (time: string) => `イベントから ${time} 後`,
    before: '実行前に拒否',
    wouldBe: (what: string) => `適用時: ${what}`,
    not: (what: string) => `${what}: 失敗`,
    acknowledged: '確認済み',
    closed: '完了',
    muted: 'ミュート',
  },
);

const ICONS: Partial<Record<Outcome, IconName>> = {
  prevented: 'shield',
  killed: 'close',
  contained: 'pause',
  captured: 'download',
  failed: 'incidents',
};

export function OutcomeBadge({ told }: { told: Told }) {
  const t = useWords(common);
  const b = useWords(badgeWords);
  const { outcome, meant, action } = told;
  const look =
    outcome === 'detected'
      ? ''
      : outcome === 'wouldHave'
        ? 'dashed'
        : outcome === 'failed'
          ? 'bad'
          : 'solid';
  const text =
    outcome === 'wouldHave' && meant
      ? b.wouldBe(t[meant])
      : outcome === 'failed' && meant
        ? b.not(t[meant])
        : t[outcome];
  const notes = [
    action?.type,
    outcome === 'prevented' ? b.before : '',
    action?.latencyMs === undefined ? '' : b.after(span(action.latencyMs)),
    action?.reason ?? '',
  ];
  const icon = ICONS[outcome];
  return (
    <span className={`badge ${look}`} title={notes.filter(Boolean).join('\n')}>
      {icon && <Icon name={icon} size={11} />}
      {text}
    </span>
  );
}

export function OutcomeBadges({ event }: { event: SecureEvent }) {
  return (
    <>
      {outcomes(event).map((told, at) => (
        <OutcomeBadge key={at} told={told} />
      ))}
    </>
  );
}

export function StatusBadge({ event }: { event: SecureEvent }) {
  const b = useWords(badgeWords);
  const status = event.state?.status ?? 'open';
  if (status === 'open') return null;
  return (
    <span className="badge calm" title={event.state?.by}>
      <Icon name="check" size={11} />
      {b[status]}
    </span>
  );
}
