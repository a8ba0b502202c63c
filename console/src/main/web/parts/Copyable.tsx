// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { common } from '../i18n/common';
import { useWords } from '../i18n/language';
import { Button } from './Button';
import { tell, tellError } from './Toast';

/** Text to be carried elsewhere, with a button that copies it. */
export function Copyable({ text, lines }: { text: string; lines?: boolean }) {
  const c = useWords(common);
  return (
    <div className={`copyable ${lines ? 'lines' : ''}`}>
      <pre>{text}</pre>
      <Button
        kind="quiet"
        icon="file"
        label={c.copy}
        onClick={() =>
          void navigator.clipboard.writeText(text).then(() => tell(c.copied), tellError)
        }
      />
    </div>
  );
}
