// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { words } from '../../i18n/language';

export const loginWords = words(
  {
    title: 'Log in to Torimono',
    name: 'Account',
    password: 'Password',
    logIn: 'Log in',
    first:
      'First start? The account is admin; its password stands once in the output of the collector.',
    ended: 'You are not logged in any more.',
  },
  {
    title: 'Torimono にログイン',
    name: 'アカウント',
    password: 'パスワード',
    logIn: 'ログイン',
    first:
      '初回起動時のアカウントは admin です。パスワードはコレクターの出力に一度だけ表示されます。',
    ended: 'ログアウトされました。',
  },
);
