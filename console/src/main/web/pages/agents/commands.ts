// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** What starts an agent that reports here; the key goes into a file, not onto a command line. */
export function start(collector: string, key: string): string {
  return [
    'mkdir -p /etc/torimono && umask 077',
    `printf '%s' '${key || 'ACCESS_KEY'}' > /etc/torimono/access.key`,
    './torimono agent \\',
    `  --set fleet.collector=${collector} \\`,
    '  --set fleet.access-key-file=/etc/torimono/access.key \\',
    '  --set fleet.fingerprint=FINGERPRINT',
  ].join('\n');
}

export const ATTACK = [
  'docker run --name test -d debian sleep infinity',
  'docker exec -it test sh',
].join('\n');
