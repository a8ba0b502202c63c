// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { send } from '../../api/client';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { plain } from '../../parts/safe-text';
import { Failure, Loading } from '../../parts/States';
import { tell } from '../../parts/Toast';
import { eventWords } from './words';

/** The event's JSON as text: numbers keep all their digits. */
export function RawTab({ id }: { id: string }) {
  const t = useWords(eventWords);
  const c = useWords(common);
  const raw = useQuery({
    queryKey: ['raw', id],
    queryFn: async () =>
      (await send('GET', `/secure/events/v1/events/${encodeURIComponent(id)}`)).text(),
  });
  if (raw.isPending) return <Loading rows={4} />;
  if (raw.isError) return <Failure error={raw.error} retry={() => void raw.refetch()} />;
  return (
    <div className="stack">
      <div className="row">
        <p className="hint grow">{t.rawHint}</p>
        <Button
          onClick={() => void navigator.clipboard.writeText(raw.data).then(() => tell(c.copied))}
        >
          {c.copy}
        </Button>
      </div>
      <pre className="raw" tabIndex={0}>
        {indented(raw.data).split('\n').map(plain).join('\n')}
      </pre>
    </div>
  );
}

/** Indents JSON without reading its numbers. */
function indented(json: string): string {
  let depth = 0;
  let out = '';
  for (const [piece] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:\s]+/g)) {
    if (piece === '{' || piece === '[') out += `${piece}\n${'  '.repeat(++depth)}`;
    else if (piece === '}' || piece === ']') out += `\n${'  '.repeat(--depth)}${piece}`;
    else if (piece === ',') out += `,\n${'  '.repeat(depth)}`;
    else if (piece === ':') out += ': ';
    else out += piece;
  }
  return out.replace(/([{[])\n\s*\n\s*([}\]])/g, '$1$2');
}
