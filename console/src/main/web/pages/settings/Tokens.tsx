// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { ApiToken } from '../../api/access';
import { useWords } from '../../i18n/language';
import { SecretList } from './SecretList';
import { settingsWords } from './words';

export function Tokens() {
  const t = useWords(settingsWords);
  return (
    <SecretList<ApiToken>
      path="/api/v1/tokens"
      words={{
        intro: t.tokensIntro,
        add: t.newToken,
        empty: t.noTokens,
        second: t.account,
        revokeHint: t.revokeTokenHint,
      }}
      second={(token) => token.account}
    />
  );
}
