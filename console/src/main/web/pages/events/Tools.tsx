// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useWords } from '../../i18n/language';
import { Menu } from '../../parts/Menu';
import { tell, tellError } from '../../parts/Toast';
import { collect, csv, download, json } from './exports';
import { address, type View } from './view';
import { Views } from './Views';
import { eventsWords } from './words';

interface Props {
  view: View;
  asked: { fromMs: number; toMs: number | undefined };
  onHelp: () => void;
}

/** Saved views, exports, the link, the keys. */
export function Tools({ view, asked, onHelp }: Props) {
  const t = useWords(eventsWords);
  const exported = (as: 'json' | 'csv') => {
    collect(view.filter, asked.fromMs, asked.toMs).then(({ events, texts, total }) => {
      const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '');
      if (as === 'csv') download(`events-${stamp}.csv`, 'text/csv', csv(events));
      else download(`events-${stamp}.json`, 'application/json', json(texts));
      tell(
        events.length < total
          ? t.exportedPart(events.length, total.toLocaleString())
          : t.exported(events.length),
      );
    }, tellError);
  };
  return (
    <>
      <Views here={address({ ...view, event: '' })} />
      <Menu
        label={t.exporting}
        icon="more"
        align="right"
        choices={[
          {
            label: t.link,
            act: () =>
              void navigator.clipboard
                .writeText(window.location.href)
                .then(() => tell(t.linkCopied)),
          },
          'line',
          { label: `${t.exporting}: ${t.exportJson}`, act: () => exported('json') },
          { label: `${t.exporting}: ${t.exportCsv}`, act: () => exported('csv') },
          'line',
          { label: `${t.keys} (?)`, act: onHelp },
        ]}
      />
    </>
  );
}
