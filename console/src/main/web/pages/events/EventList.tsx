// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import type { SecureEvent } from '../../api/events';
import { OutcomeBadges, StatusBadge } from '../../events/Badges';
import { SentenceText } from '../../events/SentenceText';
import { Where } from '../../events/Where';
import { useWords } from '../../i18n/language';
import { Severity } from '../../parts/Severity';
import { Name } from '../../parts/Name';
import { Time } from '../../parts/Time';
import { ms } from '../../parts/time';
import type { Feed } from './feed';
import { eventsWords } from './words';

interface Props {
  feed: Feed;
  chosen: string;
  onChoose: (id: string) => void;
  onOpen: (id: string) => void;
  /** Told whether the newest is in view, so that new ones may join by themselves. */
  onTop: (top: boolean) => void;
}

const ROW_PX = 58;
const NEAR_END = 20;

/** Only the rows in view are in the document: ten thousand scroll as ten do. */
export function EventList({ feed, chosen, onChoose, onOpen, onTop }: Props) {
  const t = useWords(eventsWords);
  const box = useRef<HTMLDivElement>(null);
  const { events, more, loadingMore, loadMore } = feed;
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => events[index]?.id ?? index,
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const last = shown[shown.length - 1]?.index ?? 0;
  useEffect(() => {
    if (more && !loadingMore && last >= events.length - NEAR_END) loadMore();
  }, [more, loadingMore, last, events.length, loadMore]);
  useEffect(() => {
    const index = events.findIndex((event) => event.id === chosen);
    if (index >= 0) rows.scrollToIndex(index, { align: 'auto' });
    // Only when another one is chosen; the list may grow meanwhile.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chosen]);
  return (
    <div
      className="event-list"
      ref={box}
      role="listbox"
      aria-label={t.list}
      tabIndex={0}
      aria-activedescendant={chosen === '' ? undefined : `event-${chosen}`}
      onScroll={(e) => onTop(e.currentTarget.scrollTop < ROW_PX / 2)}
    >
      <div className="event-rows" style={{ height: rows.getTotalSize() }}>
        {shown.map((row) => {
          const event = events[row.index];
          return (
            event && (
              <Row
                key={row.key}
                event={event}
                top={row.start}
                chosen={event.id === chosen}
                onChoose={onChoose}
                onOpen={onOpen}
              />
            )
          );
        })}
      </div>
      <p className="list-end dim">{loadingMore ? t.older : more ? '' : t.end}</p>
    </div>
  );
}

interface RowProps {
  event: SecureEvent;
  top: number;
  chosen: boolean;
  onChoose: (id: string) => void;
  onOpen: (id: string) => void;
}

/** Scrolling draws only the rows that come into view. */
const Row = memo(function Row({ event, top, chosen, onChoose, onOpen }: RowProps) {
  const settled = event.state !== undefined && event.state.status !== 'open';
  return (
    <div
      id={`event-${event.id}`}
      className={`event-row ${settled ? 'settled' : ''}`}
      role="option"
      aria-selected={chosen}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onChoose(event.id)}
      onDoubleClick={() => onOpen(event.id)}
    >
      <span className="event-severity">
        <Severity severity={event.severity} />
      </span>
      <span className="event-time dim">
        <Time at={ms(event.timestamp)} />
      </span>
      <span className="event-rule cut">
        <Name>{event.content.ruleName}</Name>
      </span>
      <span className="event-badges">
        <StatusBadge event={event} />
        <OutcomeBadges event={event} />
      </span>
      <span className="event-where cut">
        <Where event={event} />
      </span>
      <span className="event-sentence cut">
        <SentenceText event={event} max={90} />
      </span>
    </div>
  );
});
