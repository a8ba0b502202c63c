// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useEffect, useRef, type ReactNode } from 'react';
import { common } from '../i18n/common';
import { useWords } from '../i18n/language';
import { Button } from './Button';

interface Props {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  /** A sheet comes from the side; a dialog asks one thing in the middle. */
  kind?: 'sheet' | 'dialog';
  foot?: ReactNode;
}

/** The browser's own modal dialog: it holds the focus and gives it back. */
export function Sheet({ title, onClose, children, kind = 'sheet', foot }: Props) {
  const t = useWords(common);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) {
      shown.showModal();
      // The browser would begin with the cross.
      shown
        .querySelector<HTMLElement>(
          '.sheet-content :is(input:not([type=checkbox], [type=radio]), textarea, select):enabled',
        )
        ?.focus();
    }
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={kind}
      aria-labelledby="sheet-title"
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
      onMouseDown={(e) => e.target === dialog.current && onClose()}
    >
      <div className="sheet-body">
        <header className="row">
          <h2 id="sheet-title" className="grow cut">
            {title}
          </h2>
          <Button kind="quiet" icon="close" label={t.close} onClick={onClose} />
        </header>
        <div className="sheet-content">{children}</div>
        {foot && <footer className="row">{foot}</footer>}
      </div>
    </dialog>
  );
}
