// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useWords } from '../../i18n/language';
import { Sheet } from '../../parts/Sheet';
import { eventsWords } from './words';

export function Keys({ onClose }: { onClose: () => void }) {
  const t = useWords(eventsWords);
  const keys: [string[], string][] = [
    [['j', '↓'], t.keyNext],
    [['k', '↑'], t.keyPrevious],
    [['Enter'], t.keyOpen],
    [['x'], t.keyAcknowledge],
    [['/'], t.keyFilter],
    [['g'], t.keyGroup],
    [['p'], t.keyPause],
    [['Esc'], t.keyLeave],
    [['?'], t.keyHelp],
  ];
  return (
    <Sheet kind="dialog" title={t.keys} onClose={onClose}>
      <dl className="keys">
        {keys.map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
