// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import { svg } from '../../main/web/pages/event/tree/drawing';
import { allFolds, found, wayTo } from '../../main/web/pages/event/tree/folds';
import { BOX, layout, type Layout, type Options } from '../../main/web/pages/event/tree/layout';
import type { Tree, TreeNode } from '../../main/web/pages/event/tree/model';
import { at, shapes } from '../../main/web/pages/event/tree/shapes';
import { rowsOf } from '../../main/web/pages/event/tree/TreeTable';
import { fitted, showing, zoomed } from '../../main/web/pages/event/tree/viewport';

function node(id: string, parent: string | null, change: Partial<TreeNode> = {}): TreeNode {
  return {
    id,
    parent,
    relation: 'ancestor',
    pid: 1,
    name: id,
    exe: '',
    cmdline: '',
    uid: 0,
    user: 'root',
    tty: '',
    containerId: 'host',
    start: 0,
    end: null,
    exitStatus: null,
    state: 'seen',
    reason: '',
    door: '',
    alerts: [],
    images: [],
    files: [],
    connections: [],
    leftOut: 0,
    ...change,
  };
}

function tree(nodes: TreeNode[], focus: string): Tree {
  return {
    focus,
    root: nodes[0]?.id ?? '',
    hostName: 'vm',
    source: 'activity',
    nodes,
    leftOut: { nodes: 0, files: 0, connections: 0 },
    writers: [],
  };
}

const OPEN: Options = { collapsed: new Set(), opened: new Set(), leaves: false };
const ids = (drawn: Layout) => drawn.placed.map((one) => one.item.id);
const fold = (drawn: Layout) => drawn.placed.find((one) => one.item.kind === 'fold')?.item;

function chain(length: number): TreeNode[] {
  return Array.from({ length }, (_, at) => node(`p${at}`, at === 0 ? null : `p${at - 1}`));
}

function brood(size: number, parent: string): TreeNode[] {
  return Array.from({ length: size }, (_, n) => node(`b${n}`, parent));
}

describe('the drawing of a tree', () => {
  it('folds distant ancestors, and opens them when asked', () => {
    const of = tree(chain(11), 'p10');
    const drawn = layout(of, OPEN);
    expect(fold(drawn)).toMatchObject({ count: 4, opens: 'ancestors' });
    expect(ids(drawn)).toHaveLength(8);
    expect(ids(layout(of, { ...OPEN, opened: new Set(['ancestors']) }))).toHaveLength(11);
  });

  it('folds siblings, never those with alerts or on the way to the event', () => {
    const siblings = Array.from({ length: 20 }, (_, at) =>
      node(`s${at}`, 'sh', at === 17 ? { state: 'killed' } : {}),
    );
    const drawn = layout(tree([node('sh', null), node('focus', 'sh'), ...siblings], 'focus'), OPEN);
    expect(ids(drawn)).toContain('focus');
    expect(ids(drawn)).toContain('s17');
    expect(fold(drawn)).toMatchObject({ count: 15 });
  });

  it('hides what is below a collapsed process', () => {
    const of = tree(chain(3), 'p2');
    expect(ids(layout(of, { ...OPEN, collapsed: new Set(['p0']) }))).toEqual(['p0']);
  });

  it('puts a band around each container and its runtime', () => {
    const of = tree(
      [
        node('bash', null),
        node('runc', 'bash'),
        node('sh', 'runc', { containerId: 'c1', door: 'docker exec' }),
        node('id', 'sh', { containerId: 'c1' }),
      ],
      'id',
    );
    const { bands, placed } = layout(of, OPEN);
    expect(bands.map((band) => band.id)).toEqual(['runtime', 'c1']);
    const sh = placed.find((one) => one.item.id === 'sh');
    expect(bands[1]?.x).toBeLessThan(sh?.x ?? 0);
    expect(bands[1]?.width).toBeGreaterThan(BOX.width * 2);
  });

  it('survives parents that are not there and circles', () => {
    expect(ids(layout(tree([node('a', 'gone')], 'a'), OPEN))).toEqual(['a']);
    const circle = layout(tree([node('a', 'b'), node('b', 'a')], 'a'), OPEN);
    expect(circle.placed.length).toBeGreaterThan(0);
  });

  it('lays 2000 processes out in well under a second, none over another', () => {
    const many = [node('root', null)];
    for (let at = 0; at < 1999; at++) {
      many.push(node(`n${at}`, at < 20 ? 'root' : `n${Math.floor(at / 4)}`, { state: 'exited' }));
    }
    const drawn = layout(tree(many, 'n1998'), { ...OPEN, opened: new Set(['ancestors']) });
    expect(drawn.placed.length).toBe(2000);
    const at = new Set(drawn.placed.map((one) => `${one.x} ${one.y}`));
    expect(at.size).toBe(2000);
  });

  it('unfolds everything, and finds its way to what is folded', () => {
    const of = tree([...chain(12), ...brood(30, 'p11')], 'p11');
    const drawn = layout(of, { ...OPEN, opened: allFolds(of) });
    expect(drawn.placed).toHaveLength(42);
    const way = wayTo(of, 'b29');
    expect(way.processes).toHaveLength(12);
    expect(ids(layout(of, { ...OPEN, opened: new Set(way.folds) }))).toContain('b29');
  });

  it('finds processes by all the words that are looked for', () => {
    const of = tree(
      [node('sh', null, { cmdline: 'sh -c id', pid: 7 }), node('id', 'sh', { pid: 70, start: 1 })],
      'id',
    );
    expect(found(of, '7').map((one) => one.id)).toEqual(['sh', 'id']);
    expect(found(of, 'SH -c').map((one) => one.id)).toEqual(['sh']);
    expect(found(of, '  ')).toEqual([]);
  });

  it('from far away is a shape for each kind, and the nearest box is what is pointed at', () => {
    const of = tree(
      [
        node('a', null),
        node('b', 'a', { state: 'killed' }),
        node('c', 'a', { alerts: [{ severity: 1 } as TreeNode['alerts'][number]] }),
      ],
      'c',
    );
    const { placed } = layout(of, OPEN);
    const drawn = shapes(placed, new Set(['a', 'c']));
    expect(drawn.boxes.map((one) => one.kind)).toEqual(['plain', 'stopped', 'high']);
    expect(drawn.way.match(/M/g)).toHaveLength(1);
    expect(drawn.edges.match(/M/g)).toHaveLength(1);
    const b = placed.find((one) => one.item.id === 'b');
    expect(at(placed, (b?.x ?? 0) - 5, b?.y ?? 0, 10)?.item.id).toBe('b');
    expect(at(placed, -500, -500, 10)).toBeUndefined();
  });

  it('as rows has every process once, even where parents go in a circle', () => {
    const of = tree([...chain(3), ...brood(4, 'p1')], 'p2');
    expect(rowsOf(of).map((row) => [row.node.id, row.depth])).toEqual([
      ['p0', 0],
      ['p1', 1],
      ['p2', 2],
      ...[0, 1, 2, 3].map((n) => [`b${n}`, 2]),
    ]);
    expect(rowsOf(tree([node('a', 'b'), node('b', 'a')], 'a'))).toHaveLength(2);
  });

  it('saved as SVG contains no markup of a process', () => {
    const of = tree([node('a', null, { name: '<script>', cmdline: '"><img src=x>\u202e' })], 'a');
    const text = svg(layout(of, OPEN), of, 0);
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('<img');
    expect(text).toContain('⟨202E⟩');
  });
});

describe('the view of a tree', () => {
  const view = { x: 0, y: 0, scale: 1, width: 800, height: 400 };

  it('fits the whole, and never enlarges it', () => {
    expect(fitted(view, 1600, 100).scale).toBeCloseTo(0.48);
    expect(fitted(view, 100, 100).scale).toBe(1);
    // Too much to tell apart: around the place that matters, never beyond the edge.
    expect(fitted(view, 100, 100_000, { x: 0, y: 50_000 })).toMatchObject({ scale: 0.1, y: -4800 });
    expect(fitted(view, 100, 100_000, { x: 0, y: 0 }).y).toBe(0);
  });

  it('zooms around the pointer', () => {
    const near = zoomed(view, 2, 100, 50);
    expect((100 - near.x) / near.scale).toBeCloseTo(100);
    expect(zoomed(view, 1000, 0, 0).scale).toBe(2.5);
  });

  it('moves only as far as needed', () => {
    expect(showing(view, 10, 100, 50, 50)).toMatchObject({ x: 6 });
    expect(showing(view, 100, 100, 50, 50)).toBe(view);
    expect(showing(view, 780, 100, 50, 50).x).toBeLessThan(0);
  });
});
