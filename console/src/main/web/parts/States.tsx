// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { ReactNode } from 'react';
import { ApiError } from '../api/client';
import { common } from '../i18n/common';
import { useWords } from '../i18n/language';
import { Button } from './Button';
import { Icon } from './Icon';
import { Machine } from './Machine';

export function Loading({ rows = 6 }: { rows?: number }) {
  const t = useWords(common);
  return (
    <div className="loading" role="status" aria-label={t.loading}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} />
      ))}
    </div>
  );
}

/** Nothing is here, and what that means or what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="title">{title}</p>
      {children}
    </div>
  );
}

export function Failure({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const t = useWords(common);
  const known = error instanceof ApiError ? error : undefined;
  return (
    <div className="failure" role="alert">
      <Icon name="incidents" />
      <div className="grow">
        <strong>
          {known?.code === 'unreachable'
            ? t.unreachable
            : known?.status === 403
              ? t.forbidden
              : t.failure}
        </strong>
        {known?.code !== 'unreachable' && (
          <pre className="message">
            <Machine>{error instanceof Error ? error.message : String(error)}</Machine>
          </pre>
        )}
      </div>
      {retry && (
        <Button kind="plain" onClick={retry}>
          {t.retry}
        </Button>
      )}
    </div>
  );
}
