// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { level } from '../../../parts/severity';
import { BOX, edge, type Placed } from './layout';

/** Of what kind a box is when nothing else of it can be seen; later ones lie above. */
const KINDS = ['plain', 'stopped', 'info', 'low', 'medium', 'high'] as const;
export type Shape = (typeof KINDS)[number];

export interface Shapes {
  edges: string;
  /** The edges on the way to the event's process. */
  way: string;
  boxes: { kind: Shape; d: string }[];
}

export function shapeOf(one: Placed): Shape {
  if (one.item.kind !== 'process') return 'plain';
  const { alerts, state } = one.item.node;
  if (alerts.length > 0) return level(Math.min(...alerts.map((alert) => alert.severity)));
  return state === 'killed' || state === 'prevented' ? 'stopped' : 'plain';
}

/** A drawing of thousands in as many paths as there are kinds. */
export function shapes(placed: readonly Placed[], onPath: ReadonlySet<string>): Shapes {
  const boxes = new Map<Shape, string[]>();
  const edges: string[] = [];
  const way: string[] = [];
  for (const one of placed) {
    const kind = shapeOf(one);
    const width = one.item.kind === 'fold' ? BOX.width / 2 : BOX.width;
    const d = `M${one.x} ${one.y}h${width}v${BOX.height}h${-width}z`;
    const list = boxes.get(kind);
    if (list) list.push(d);
    else boxes.set(kind, [d]);
    if (one.parent) (onPath.has(one.item.id) ? way : edges).push(edge(one.parent, one));
  }
  return {
    edges: edges.join(''),
    way: way.join(''),
    boxes: KINDS.filter((kind) => boxes.has(kind)).map((kind) => ({
      kind,
      d: boxes.get(kind)?.join('') ?? '',
    })),
  };
}

/** What lies at a place, or closest to it within a slack. */
export function at(
  placed: readonly Placed[],
  x: number,
  y: number,
  slack: number,
): Placed | undefined {
  let best: Placed | undefined;
  let least = slack;
  for (const one of placed) {
    const dx = Math.max(one.x - x, 0, x - one.x - BOX.width);
    const dy = Math.max(one.y - y, 0, y - one.y - BOX.height);
    const away = Math.hypot(dx, dy);
    if (away <= least) {
      best = one;
      least = away;
      if (away === 0) break;
    }
  }
  return best;
}
