// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Button } from './Button';
import type { IconName } from './Icon';

export interface Choice {
  label: ReactNode;
  icon?: IconName;
  chosen?: boolean;
  danger?: boolean;
  act: () => void;
}

interface Props {
  label: string;
  icon?: IconName;
  kind?: 'plain' | 'quiet' | 'primary';
  children?: ReactNode;
  choices: (Choice | 'line')[];
  align?: 'left' | 'right';
  className?: string;
}

/** A button with a list of things to do or choose; arrows walk it, Escape leaves it. */
export function Menu({ label, icon, kind = 'quiet', children, choices, align, className }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    place.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const away = (e: MouseEvent) => {
      if (!place.current?.contains(e.target as Node)) setOpen(false);
    };
    document.addEventListener('mousedown', away);
    return () => document.removeEventListener('mousedown', away);
  }, [open]);
  const leave = () => {
    setOpen(false);
    place.current?.querySelector<HTMLElement>('button')?.focus();
  };
  return (
    <div
      className={`menu ${className ?? ''}`}
      ref={place}
      onKeyDown={(e) => {
        if (!open) return;
        const items = [...(place.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
        const at = items.indexOf(document.activeElement as HTMLElement);
        const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
        if (step !== 0) {
          e.preventDefault();
          items[(at + step + items.length) % items.length]?.focus();
        }
        if (e.key === 'Escape') leave();
        if (e.key === 'Tab') setOpen(false);
        e.stopPropagation();
      }}
    >
      <Button
        kind={kind}
        {...(icon ? { icon } : {})}
        {...(children === undefined ? { label } : { title: label })}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {children}
      </Button>
      {open && (
        <div role="menu" id={id} aria-label={label} className={align === 'right' ? 'right' : ''}>
          {choices.map((choice, at) =>
            choice === 'line' ? (
              <hr key={at} />
            ) : (
              <button
                key={at}
                type="button"
                role="menuitem"
                tabIndex={-1}
                className={choice.danger ? 'danger' : ''}
                aria-current={choice.chosen || undefined}
                onClick={() => {
                  leave();
                  choice.act();
                }}
              >
                {choice.label}
              </button>
            ),
          )}
        </div>
      )}
    </div>
  );
}
