// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './events.css';
import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { ApiError } from '../../api/client';
import { is, withClause } from '../../events/filter';
import { setStatus } from '../../events/state';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { useKeys } from '../../parts/keys';
import { Menu } from '../../parts/Menu';
import { Empty, Failure, Loading } from '../../parts/States';
import { tell, tellError } from '../../parts/Toast';
import { useMe } from '../../shell/me';
import { EventList } from './EventList';
import { Facets } from './Facets';
import { useFeed } from './feed';
import { FilterBar } from './FilterBar';
import { Groups } from './Groups';
import { Histogram } from './Histogram';
import { Keys } from './Keys';
import { Panel } from './Panel';
import { Tools } from './Tools';
import { DEFAULT_LAST, LASTS, stretch, useView } from './view';
import { eventsWords, GROUPS } from './words';

export function EventsPage() {
  const t = useWords(eventsWords);
  const me = useMe();
  const [, go] = useLocation();
  const [view, change] = useView();
  const [live, setLive] = useState(true);
  const [top, setTop] = useState(true);
  const [help, setHelp] = useState(false);
  // What is relative to now is relative to when it was asked for, or older pages would shift.
  const [openedMs, setOpenedMs] = useState(Date.now);
  const [nowMs, setNowMs] = useState(Date.now);
  const feed = useFeed(view, openedMs, live);
  const { fresh, takeFresh, replace } = feed;
  const chosen = feed.events.find((event) => event.id === view.event);
  const open = view.last > 0 || view.toMs === 0;
  const shown = stretch(view, live ? nowMs : openedMs);
  const asked = stretch(view, openedMs);

  useEffect(() => {
    if (!live) return;
    const timer = window.setInterval(() => setNowMs(Date.now()), 10_000);
    return () => window.clearInterval(timer);
  }, [live]);
  // Whoever reads is not disturbed: new ones join by themselves only at the top with nothing chosen.
  useEffect(() => {
    if (top && view.event === '' && fresh.length > 0) takeFresh();
  }, [top, view.event, fresh, takeFresh]);

  const refilter = useCallback(
    (filter: string) => {
      setOpenedMs(Date.now());
      setNowMs(Date.now());
      change({ filter, event: '' });
    },
    [change],
  );
  const narrow = (clause: string) => refilter(withClause(view.filter, clause));
  // The same functions for as long as they do the same: rows that are drawn are not drawn again.
  const choose = useCallback(
    (id: string) => change({ event: id === view.event ? '' : id }, true),
    [change, view.event],
  );
  const openEvent = useCallback((id: string) => go(`/events/${id}`), [go]);
  const zoom = useCallback(
    (fromMs: number, toMs: number) => change({ last: 0, fromMs, toMs, event: '' }),
    [change],
  );
  const step = (by: number) => {
    const at = feed.events.findIndex((event) => event.id === view.event);
    const next = feed.events[at < 0 ? 0 : Math.max(0, Math.min(feed.events.length - 1, at + by))];
    if (next) change({ event: next.id }, true);
  };
  const acknowledge = () => {
    if (!chosen?.state || !me.may('analyst')) return;
    const next = chosen.state.status === 'open' ? 'acknowledged' : 'open';
    setStatus(chosen.id, next).then((event) => {
      replace(event);
      tell(next === 'open' ? t.reopened : t.acknowledged);
    }, tellError);
  };
  useKeys({
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    Enter: () => chosen && go(`/events/${chosen.id}`),
    x: acknowledge,
    '/': () => document.getElementById('filter')?.focus(),
    g: () => document.querySelector<HTMLElement>('.group-menu > button')?.click(),
    p: () => setLive(!live),
    '?': () => setHelp(true),
    Escape: () => change({ event: '' }, true),
  });

  const refused =
    feed.error instanceof ApiError && feed.error.status === 400 ? feed.error.message : '';
  const group = GROUPS.find((one) => one === view.group);
  return (
    <div className={`events ${chosen ? 'with-panel' : ''}`}>
      <header className="events-head">
        <h1 className="unseen">{t.title}</h1>
        <FilterBar filter={view.filter} onChange={refilter} error={refused} fromMs={asked.fromMs} />
        <Menu
          label={t.timeRange}
          kind="plain"
          align="right"
          choices={LASTS.map((last) => ({
            label: t.last(last),
            chosen: last === view.last,
            act: () => {
              setOpenedMs(Date.now());
              change({ last, fromMs: 0, toMs: 0 });
            },
          }))}
        >
          <RangeName view={view} />
        </Menu>
        <Button
          icon={live && open ? 'pause' : 'play'}
          aria-pressed={live && open}
          disabled={!open}
          title={live ? t.livePause : t.liveResume}
          onClick={() => setLive(!live)}
        >
          {live && open ? t.live : t.paused}
        </Button>
        <Tools
          view={view}
          asked={{ fromMs: asked.fromMs, toMs: open ? undefined : asked.toMs }}
          onHelp={() => setHelp(true)}
        />
      </header>
      <Histogram
        filter={refused ? '' : view.filter}
        fromMs={shown.fromMs}
        toMs={shown.toMs}
        live={live && open}
        onZoom={zoom}
      />
      <div className="events-body">
        <Facets
          filter={refused ? '' : view.filter}
          fromMs={asked.fromMs}
          toMs={open ? undefined : asked.toMs}
          live={live && open}
          onFilter={refilter}
        />
        <section className="feed">
          <div className="feed-head row">
            <span className="dim grow">
              {feed.pending || refused ? '' : t.total(feed.total.toLocaleString())}
              {view.last === 0 && (
                <Button
                  kind="quiet"
                  icon="undo"
                  onClick={() => change({ last: DEFAULT_LAST, fromMs: 0, toMs: 0 })}
                >
                  {t.zoomOut}
                </Button>
              )}
            </span>
            <Menu
              label={t.group}
              align="right"
              className="group-menu"
              choices={[
                { label: t.ungrouped, chosen: !group, act: () => change({ group: '' }) },
                ...GROUPS.map((by) => ({
                  label: t[by],
                  chosen: by === group,
                  act: () => change({ group: by }),
                })),
              ]}
            >
              {group ? `${t.group}: ${t[group]}` : t.group}
            </Menu>
          </div>
          {fresh.length > 0 && !(top && view.event === '') && (
            <button
              type="button"
              className="fresh"
              onClick={() => {
                takeFresh();
                document.querySelector('.event-list')?.scrollTo({ top: 0 });
              }}
            >
              {feed.freshAtMost ? t.freshMany(fresh.length) : t.fresh(fresh.length)}
            </button>
          )}
          {group ? (
            <Groups
              by={group}
              filter={view.filter}
              fromMs={asked.fromMs}
              toMs={open ? undefined : asked.toMs}
              onChoose={(value) =>
                change({ group: '', filter: withClause(view.filter, is(group, value)) })
              }
            />
          ) : feed.pending ? (
            <Loading rows={9} />
          ) : refused ? (
            <Empty title={t.notUnderstood}>
              <p>{refused}</p>
              <Button onClick={() => refilter('')}>{t.clear}</Button>
            </Empty>
          ) : feed.error ? (
            <Failure error={feed.error} retry={feed.retry} />
          ) : feed.events.length === 0 ? (
            <Empty title={t.none}>
              <p>{view.filter === '' ? t.noneYet : t.noneFilter}</p>
              <div className="row">
                {view.filter !== '' && <Button onClick={() => refilter('')}>{t.clear}</Button>}
                <Button onClick={() => change({ last: 2_592_000, fromMs: 0, toMs: 0 })}>
                  {t.widen}
                </Button>
              </div>
            </Empty>
          ) : (
            <EventList
              feed={feed}
              chosen={view.event}
              onChoose={choose}
              onOpen={openEvent}
              onTop={setTop}
            />
          )}
        </section>
        {chosen && (
          <Panel
            event={chosen}
            onClose={() => change({ event: '' }, true)}
            onFilter={narrow}
            onAcknowledge={acknowledge}
          />
        )}
      </div>
      {help && <Keys onClose={() => setHelp(false)} />}
    </div>
  );
}

function RangeName({ view }: { view: ReturnType<typeof useView>[0] }) {
  const t = useWords(eventsWords);
  if (view.last > 0) return <>{t.last(view.last)}</>;
  const short = (at: number) =>
    new Date(at).toLocaleString(undefined, {
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    });
  return (
    <>
      {short(view.fromMs)} – {view.toMs > 0 ? short(view.toMs) : '…'}
    </>
  );
}
