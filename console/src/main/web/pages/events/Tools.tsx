// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState } from 'react';
import { useLocation } from 'wouter';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextField } from '../../parts/Field';
import { Icon } from '../../parts/Icon';
import { Menu } from '../../parts/Menu';
import { Sheet } from '../../parts/Sheet';
import { tell, tellError } from '../../parts/Toast';
import { collect, csv, download } from './exports';
import { forget, save, saved } from './saved';
import { address, type View } from './view';
import { eventsWords } from './words';

interface Props {
  view: View;
  asked: { fromMs: number; toMs: number | undefined };
  onHelp: () => void;
}

/** Saved views, exports, the link, the keys. */
export function Tools({ view, asked, onHelp }: Props) {
  const t = useWords(eventsWords);
  const c = useWords(common);
  const [, go] = useLocation();
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const [views, setViews] = useState(saved);
  const here = address({ ...view, event: '' });
  const exported = (as: 'json' | 'csv') => {
    collect(view.filter, asked.fromMs, asked.toMs).then(({ events, total }) => {
      const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '');
      if (as === 'csv') download(`events-${stamp}.csv`, 'text/csv', csv(events));
      else download(`events-${stamp}.json`, 'application/json', JSON.stringify(events, null, 1));
      tell(
        events.length < total
          ? t.exportedPart(events.length, total.toLocaleString())
          : t.exported(events.length),
      );
    }, tellError);
  };
  return (
    <>
      <Menu
        label={t.views}
        icon="star"
        align="right"
        choices={[
          ...views.map((one) => ({
            label: (
              <>
                <span className="grow cut">{one.name}</span>
                <span
                  role="button"
                  aria-label={t.forget(one.name)}
                  onClick={(e) => {
                    e.stopPropagation();
                    forget(one.name);
                    setViews(saved());
                  }}
                >
                  <Icon name="trash" size={13} />
                </span>
              </>
            ),
            chosen: one.address === here,
            act: () => go(one.address),
          })),
          ...(views.length > 0 ? (['line'] as const) : []),
          { label: t.saveView, act: () => setNaming(true) },
        ]}
      />
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
      {naming && (
        <Sheet
          kind="dialog"
          title={t.saveView}
          onClose={() => setNaming(false)}
          foot={
            <>
              <Button onClick={() => setNaming(false)}>{c.cancel}</Button>
              <Button
                kind="primary"
                disabled={name.trim() === ''}
                onClick={() => {
                  save({ name: name.trim(), address: here });
                  setViews(saved());
                  setNaming(false);
                  setName('');
                }}
              >
                {c.save}
              </Button>
            </>
          }
        >
          <TextField
            label={t.viewName}
            hint={t.viewsHint}
            value={name}
            autoFocus
            onChange={(e) => setName(e.target.value)}
          />
        </Sheet>
      )}
    </>
  );
}
