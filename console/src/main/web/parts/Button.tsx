// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { ButtonHTMLAttributes } from 'react';
import { Icon, type IconName } from './Icon';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  icon?: IconName;
  /** Only the icon is seen; this names the button. */
  label?: string;
  busy?: boolean;
}

export function Button({ kind = 'plain', icon, label, busy, children, className, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={`button ${kind} ${children === undefined ? 'bare' : ''} ${className ?? ''}`}
      aria-label={label ?? rest['aria-label']}
      title={rest.title ?? label}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
