// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { common } from '../i18n/common';
import { useWords } from '../i18n/language';
import { level } from './severity';

/** A mark whose shape tells the level too: full, half, ring, dot. */
export function SeverityMark({ severity }: { severity: number }) {
  const of = level(severity);
  return (
    <svg className={`severity-mark ${of}`} width="12" height="12" viewBox="0 0 12 12" aria-hidden>
      {of === 'high' && <path d="M6 0.500l5.500 10.500h-11z" />}
      {of === 'medium' && (
        <rect x="1.500" y="1.500" width="9" height="9" transform="rotate(45 6 6)" />
      )}
      {of === 'low' && <circle cx="6" cy="6" r="4.500" />}
      {of === 'info' && <circle cx="6" cy="6" r="3.500" className="ring" />}
    </svg>
  );
}

export function Severity({ severity }: { severity: number }) {
  const t = useWords(common);
  const of = level(severity);
  return (
    <span className={`severity ${of}`} title={`${t.severity}: ${t[of]} (${severity})`}>
      <SeverityMark severity={severity} />
      {t[of]}
    </span>
  );
}
