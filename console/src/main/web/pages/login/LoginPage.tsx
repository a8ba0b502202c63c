// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './login.css';
import { useState } from 'react';
import { ApiError, call } from '../../api/client';
import type { Account } from '../../api/access';
import { setLanguage, useLanguage, useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextField } from '../../parts/Field';
import { Mark } from '../../shell/Shell';
import { loginWords } from './words';

export function LoginPage({ onLogin }: { onLogin: (me: Account) => void }) {
  const t = useWords(loginWords);
  const language = useLanguage();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const logIn = async () => {
    setBusy(true);
    setError('');
    try {
      // The session is in a cookie that scripts cannot read; the token in the answer is not kept.
      const { name, role } = await call<Account>('POST', '/api/v1/login', { username, password });
      onLogin({ name, role });
    } catch (e) {
      setError(e instanceof ApiError ? e.message : String(e));
      setBusy(false);
    }
  };
  return (
    <main className="login">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void logIn();
        }}
      >
        <h1>
          <Mark size={30} /> {t.title}
        </h1>
        <TextField
          label={t.name}
          value={username}
          autoFocus
          required
          autoComplete="username"
          name="username"
          onChange={(e) => setUsername(e.target.value)}
        />
        <TextField
          label={t.password}
          type="password"
          value={password}
          required
          autoComplete="current-password"
          name="password"
          error={error}
          onChange={(e) => setPassword(e.target.value)}
        />
        <Button kind="primary" type="submit" busy={busy}>
          {t.logIn}
        </Button>
        <p className="hint">{t.first}</p>
        <div className="languages">
          <button
            type="button"
            lang="en"
            aria-pressed={language === 'en'}
            onClick={() => setLanguage('en')}
          >
            English
          </button>
          <button
            type="button"
            lang="ja"
            aria-pressed={language === 'ja'}
            onClick={() => setLanguage('ja')}
          >
            日本語
          </button>
        </div>
      </form>
    </main>
  );
}
