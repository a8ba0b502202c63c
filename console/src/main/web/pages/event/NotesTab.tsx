// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SecureEvent } from '../../api/events';
import { comment } from '../../events/state';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextArea } from '../../parts/Field';
import { Time } from '../../parts/Time';
import { tellError } from '../../parts/Toast';
import { plain } from '../../parts/safe-text';
import { useMe } from '../../shell/me';
import { eventWords } from './words';

/** Comments, and who did what to the event when. */
export function NotesTab({ event }: { event: SecureEvent }) {
  const t = useWords(eventWords);
  const me = useMe();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const state = event.state;
  const lines = [
    ...(state?.comments ?? []).map((one) => ({
      at: one.at,
      by: one.by,
      text: one.text,
      comment: true,
    })),
    ...(state?.history ?? []).map((one) => ({
      at: one.at,
      by: one.by,
      text: `${t.became(one.status)}${one.reason ? `: ${one.reason}` : ''}`,
      comment: false,
    })),
  ].sort((a, b) => a.at - b.at);
  const add = async () => {
    setBusy(true);
    try {
      queries.setQueryData(['event', event.id], await comment(event.id, text));
      setText('');
    } catch (e) {
      tellError(e);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack notes">
      {lines.length === 0 ? (
        <p className="dim">{t.noHistory}</p>
      ) : (
        <ol>
          {lines.map((line, at) => (
            <li key={at}>
              <b>{line.by}</b>{' '}
              <span className="dim">
                <Time at={line.at} />
              </span>
              <p className={line.comment ? '' : 'dim'}>
                {line.text.split('\n').map(plain).join('\n')}
              </p>
            </li>
          ))}
        </ol>
      )}
      {me.may('analyst') && (
        <>
          <TextArea label={t.comment} value={text} onChange={(e) => setText(e.target.value)} />
          <div>
            <Button
              kind="primary"
              busy={busy}
              disabled={text.trim() === ''}
              onClick={() => void add()}
            >
              {t.addComment}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
