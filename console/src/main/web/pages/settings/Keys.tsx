// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { AccessKey } from '../../api/access';
import { useWords } from '../../i18n/language';
import { SecretList } from './SecretList';
import { settingsWords } from './words';

export function Keys() {
  const t = useWords(settingsWords);
  return (
    <SecretList<AccessKey>
      path="/api/v1/access-keys"
      words={{
        intro: t.keysIntro,
        add: t.newKey,
        empty: t.noKeys,
        second: t.purpose,
        revokeHint: t.revokeKeyHint,
      }}
      second={(key) => t[key.purpose]}
      purposes={[
        { value: 'enrol', label: t.enrol },
        { value: 'ingest', label: t.ingest },
      ]}
    />
  );
}
