// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useId, type ReactNode } from 'react';

interface Props {
  on: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
  /** The name is read aloud, not shown. */
  unseen?: boolean;
}

export function Toggle({ on, onChange, children, hint, disabled, unseen }: Props) {
  const id = useId();
  return (
    <div className="toggle">
      <button
        type="button"
        role="switch"
        aria-checked={on}
        aria-labelledby={id}
        disabled={disabled}
        className="switch"
        onClick={() => onChange(!on)}
      >
        <span />
      </button>
      <div className={unseen ? 'unseen' : 'grow'}>
        <label id={id} onClick={() => !disabled && onChange(!on)}>
          {children}
        </label>
        {hint && <div className="hint">{hint}</div>}
      </div>
    </div>
  );
}
