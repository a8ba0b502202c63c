// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './shell.css';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { call } from '../api/client';
import { setLanguage, useLanguage, useWords } from '../i18n/language';
import { setTheme, useTheme } from '../look/theme';
import { Icon, type IconName } from '../parts/Icon';
import { Menu } from '../parts/Menu';
import { Toasts } from '../parts/Toast';
import { useMe } from './me';
import { Unreachable } from './Unreachable';
import { shellWords } from './words';

export type Place =
  'overview' | 'events' | 'incidents' | 'policies' | 'library' | 'agents' | 'activity' | 'settings';

export function Shell({ places, children }: { places: Place[]; children: ReactNode }) {
  const t = useWords(shellWords);
  const [at] = useLocation();
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t.skip}
      </a>
      <nav className="rail" aria-label={t.places}>
        <Link href="/events" className="brand">
          <Mark />
          <span>Torimono</span>
        </Link>
        <ul>
          {places.map((place) => (
            <li key={place}>
              <Link
                href={`/${place}`}
                aria-current={
                  at === `/${place}` || at.startsWith(`/${place}/`) ? 'page' : undefined
                }
                title={t[place]}
              >
                <Icon name={place satisfies IconName} size={18} />
                <span>{t[place]}</span>
              </Link>
            </li>
          ))}
        </ul>
        <AccountMenu />
      </nav>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Unreachable />
      <Toasts />
    </div>
  );
}

function AccountMenu() {
  const t = useWords(shellWords);
  const me = useMe();
  const language = useLanguage();
  const theme = useTheme();
  const queries = useQueryClient();
  const logOut = async () => {
    await call('POST', '/api/v1/logout').catch(() => undefined);
    queries.clear();
    window.location.assign('/');
  };
  return (
    <Menu
      label={t.account}
      className="account"
      choices={[
        { label: 'English', chosen: language === 'en', act: () => setLanguage('en') },
        { label: '日本語', chosen: language === 'ja', act: () => setLanguage('ja') },
        'line',
        { label: t.auto, chosen: theme === 'auto', act: () => setTheme('auto') },
        { label: t.light, chosen: theme === 'light', act: () => setTheme('light') },
        { label: t.dark, chosen: theme === 'dark', act: () => setTheme('dark') },
        'line',
        { label: t.logOut, act: () => void logOut() },
      ]}
    >
      <span className="face" aria-hidden="true">
        {me.name.slice(0, 1).toUpperCase()}
      </span>
      <span className="who">
        <span className="cut">{me.name}</span>
        <span className="dim">{t.role(me.role)}</span>
      </span>
    </Menu>
  );
}

export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b7466" />
      <path
        d="M8 9h16M16 9v15M9.500 18h13"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  );
}
