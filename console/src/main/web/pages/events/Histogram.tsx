// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { memo, useRef, useState, type PointerEvent } from 'react';
import { call, path } from '../../api/client';
import type { Stretch } from '../../api/events';
import { common } from '../../i18n/common';
import { useLanguage, useWords } from '../../i18n/language';
import { level, LEVELS, type Level } from '../../parts/severity';
import { clock, ns } from '../../parts/time';
import { bins, widthMs } from './bins';
import { eventsWords } from './words';

interface Props {
  filter: string;
  fromMs: number;
  toMs: number;
  live: boolean;
  onZoom: (fromMs: number, toMs: number) => void;
}

const HEIGHT = 64;
const WIDTH = 1000;
const BARS = 96;
const LEAST_DRAG = 6;

/** How many events there were when, by severity; dragging over it zooms in. */
export const Histogram = memo(function Histogram({ filter, fromMs, toMs, live, onZoom }: Props) {
  const t = useWords(eventsWords);
  const c = useWords(common);
  const language = useLanguage();
  const drawing = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const width = widthMs(toMs - fromMs, BARS);
  const counts = useQuery({
    queryKey: ['histogram', filter, fromMs, toMs],
    queryFn: ({ signal }) =>
      call<{ stretches: Stretch[] }>(
        'GET',
        path('/api/v1/events/histogram', {
          attribute: 'severity',
          filter,
          from: ns(fromMs),
          to: ns(toMs),
          width: ns(width),
        }),
        undefined,
        signal,
      ),
    refetchInterval: live ? 10_000 : false,
    placeholderData: (old) => old,
    retry: false,
  });
  // What was known stays while the collector is not reached: nothing would look like calm.
  const known = useRef<Stretch[]>(undefined);
  if (counts.data) known.current = counts.data.stretches;
  const bars = bins(known.current ?? [], fromMs, toMs, width, (value) => level(Number(value)));
  const most = Math.max(1, ...bars.map((bar) => bar.total));
  const totals = LEVELS.map((of) => ({
    of,
    n: bars.reduce((sum, bar) => sum + bar.counts[of], 0),
  }));
  const x = (atMs: number) => ((atMs - fromMs) / (toMs - fromMs)) * WIDTH;
  const along = (e: PointerEvent) => {
    const box = drawing.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    return Math.min(WIDTH, Math.max(0, ((e.clientX - box.left) / box.width) * WIDTH));
  };
  const done = () => {
    if (!drag) return;
    const [a, b] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    setDrag(undefined);
    if (b - a < LEAST_DRAG) return;
    const time = (at: number) => Math.round(fromMs + (at / WIDTH) * (toMs - fromMs));
    onZoom(time(a), time(b));
  };
  return (
    <figure className="histogram">
      <svg
        ref={drawing}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${t.histogram} ${totals.map(({ of, n }) => `${c[of]}: ${n}`).join(', ')}`}
        onPointerDown={(e) => {
          e.currentTarget.setPointerCapture(e.pointerId);
          setDrag({ from: along(e), to: along(e) });
        }}
        onPointerMove={(e) => drag && setDrag({ ...drag, to: along(e) })}
        onPointerUp={done}
        onPointerCancel={() => setDrag(undefined)}
      >
        <line className="ground" x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        {bars.map((bar) => (
          <Bar
            key={bar.fromMs}
            bar={bar}
            x={x(bar.fromMs)}
            width={x(bar.fromMs + width) - x(bar.fromMs)}
            most={most}
          >
            {t.stretch(clock(bar.fromMs, language), bar.total)}
          </Bar>
        ))}
        {drag && (
          <rect
            className="brush"
            x={Math.min(drag.from, drag.to)}
            width={Math.abs(drag.to - drag.from)}
            y="0"
            height={HEIGHT}
          />
        )}
      </svg>
      <figcaption>
        <span>{clock(fromMs, language)}</span>
        <span className="legend">
          {totals.map(({ of, n }) => (
            <span key={of} className={`legend-${of}`}>
              <i /> {c[of]} <b>{known.current ? n.toLocaleString() : '–'}</b>
            </span>
          ))}
        </span>
        <span>{clock(toMs, language)}</span>
      </figcaption>
    </figure>
  );
});

interface BarProps {
  bar: { counts: Record<Level, number>; total: number };
  x: number;
  width: number;
  most: number;
  children: string;
}

function Bar({ bar, x, width, most, children }: BarProps) {
  if (bar.total === 0) return null;
  let base = HEIGHT;
  return (
    <g>
      <title>{children}</title>
      {[...LEVELS].reverse().map((of) => {
        // One event among thousands is still seen.
        const height =
          bar.counts[of] === 0 ? 0 : Math.max(1.5, (bar.counts[of] / most) * (HEIGHT - 4));
        base -= height;
        return height === 0 ? null : (
          <rect
            key={of}
            className={`bar-${of}`}
            x={x + 0.5}
            width={Math.max(1, width - 1)}
            y={Math.max(0, base)}
            height={height}
          />
        );
      })}
      <rect className="bar-hit" x={x} width={Math.max(1, width)} y="0" height={HEIGHT} />
    </g>
  );
}
