// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { memo, useMemo } from 'react';
import { useWords } from '../../../i18n/language';
import { plain } from '../../../parts/safe-text';
import { Box, Edge } from './Box';
import { BOX, type Layout, type Placed } from './layout';
import { shapes } from './shapes';
import type { Viewport } from './viewport';
import { treeWords } from './words';

/** Smaller than this no word can be read. */
export const FAR = 0.4;

/** What is drawn changes when the view has moved by this much, not with every frame; in the tree's measure. */
const TILE = 256;
const AROUND = 260;

export interface Look {
  focus: string;
  chosen: string;
  collapsed: ReadonlySet<string>;
  onPath: ReadonlySet<string>;
  eventNs: number;
  /** The event's container, by its name. */
  container: { id: string; name: string };
  onChoose: (one: Placed) => void;
  onFold: (one: Placed) => void;
}

/** The tree as far as it is in view; from far away only its shape. */
export function Picture({ drawn, view, look }: { drawn: Layout; view: Viewport; look: Look }) {
  const far = view.scale < FAR;
  const tile = (at: number) => Math.floor(at / TILE) * TILE;
  const left = tile(-view.x / view.scale - AROUND);
  const top = tile(-view.y / view.scale - AROUND);
  const right = tile((view.width - view.x) / view.scale + AROUND) + TILE;
  const bottom = tile((view.height - view.y) / view.scale + AROUND) + TILE;
  return (
    <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`} role="none">
      <Bands drawn={drawn} look={look} />
      {far ? (
        <Far drawn={drawn} look={look} />
      ) : (
        <Near {...{ drawn, look, left, top, right, bottom }} />
      )}
    </g>
  );
}

const Bands = memo(function Bands({ drawn, look }: { drawn: Layout; look: Look }) {
  const t = useWords(treeWords);
  const name = (id: string) =>
    plain(id === look.container.id && look.container.name ? look.container.name : id);
  return drawn.bands.map((band, at) => (
    <g key={at} className={`band ${band.kind}`} role="none">
      <rect x={band.x} y={band.y} width={band.width} height={band.height} rx="10" />
      <text x={band.x + 10} y={band.y + 14}>
        {band.kind === 'runtime' ? t.runtime : t.container(name(band.id))}
      </text>
    </g>
  ));
});

interface NearProps {
  drawn: Layout;
  look: Look;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A tree of thousands: what is out of sight is not in the document. */
const Near = memo(function Near({ drawn, look, left, top, right, bottom }: NearProps) {
  const near = (one: Placed) =>
    one.x + BOX.width > left && one.x < right && one.y + BOX.height > top && one.y < bottom;
  // An edge of a wide family may cross the view though neither end is in it.
  const crosses = (one: Placed) =>
    one.parent !== undefined &&
    one.x > left &&
    one.parent.x < right &&
    Math.max(one.y, one.parent.y) + BOX.height > top &&
    Math.min(one.y, one.parent.y) < bottom;
  return (
    <>
      {drawn.placed.filter(crosses).map((one) => (
        <Edge key={one.item.id} placed={one} path={look.onPath.has(one.item.id)} />
      ))}
      <Boxes of={drawn.placed.filter((one) => near(one) || isMarked(one, look))} look={look} />
    </>
  );
});

/** What readers are told of is always there. */
const isMarked = (one: Placed, look: Look) =>
  one.item.id === look.chosen || one.item.id === look.focus;

function Boxes({ of, look }: { of: Placed[]; look: Look }) {
  return of.map((one) => (
    <Box
      key={one.item.id}
      elementId={`node-${one.item.id}`}
      placed={one}
      eventNs={look.eventNs}
      focus={one.item.id === look.focus}
      chosen={one.item.id === look.chosen}
      collapsed={look.collapsed.has(one.item.id)}
      onChoose={look.onChoose}
      onFold={look.onFold}
    />
  ));
}

/** Thousands of boxes as a few shapes: the event's way, alerts and what was stopped stand out. */
const Far = memo(function Far({ drawn, look }: { drawn: Layout; look: Look }) {
  const of = useMemo(() => shapes(drawn.placed, look.onPath), [drawn, look.onPath]);
  return (
    <>
      <path className="far-edges" d={of.edges} />
      <path className="far-path" d={of.way} />
      {of.boxes.map(({ kind, d }) => (
        <path key={kind} className={`far-boxes ${kind}`} d={d} />
      ))}
      <Boxes of={drawn.placed.filter((one) => isMarked(one, look))} look={look} />
    </>
  );
});
