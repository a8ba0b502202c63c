// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState, type ReactNode } from 'react';
import { common } from '../i18n/common';
import { useWords } from '../i18n/language';
import { Button } from './Button';
import { Sheet } from './Sheet';
import { tellError } from './Toast';

interface Props {
  title: string;
  /** The word of the button that does it. */
  act: string;
  onAct: () => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks once before something that cannot be taken back. */
export function Confirm({ title, act, onAct, onClose, children }: Props) {
  const c = useWords(common);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      await onAct();
      onClose();
    } catch (e) {
      tellError(e);
      setBusy(false);
    }
  };
  return (
    <Sheet
      kind="dialog"
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="danger" busy={busy} onClick={() => void go()}>
            {act}
          </Button>
        </>
      }
    >
      {children}
    </Sheet>
  );
}
