// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { SecureEvent } from '../api/events';
import { useLanguage } from '../i18n/language';
import { Machine } from '../parts/Machine';
import { sentence } from './sentence';

/** What happened, with what machines said set apart. */
export function SentenceText({ event, max }: { event: SecureEvent; max: number }) {
  const language = useLanguage();
  return (
    <>
      {sentence(event, language).map((part, at) =>
        typeof part === 'string' ? (
          <span key={at}>{part}</span>
        ) : (
          <Machine key={at} max={max}>
            {part.machine}
          </Machine>
        ),
      )}
    </>
  );
}
