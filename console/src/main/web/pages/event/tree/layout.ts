// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { hierarchy, tree as tidy, type HierarchyPointNode } from 'd3-hierarchy';
import { ANCESTORS, childrenOf as foldOf } from './folds';
import { isRuntime, type Tree, type TreeNode } from './model';

export const BOX = { width: 196, height: 46 };

// Columns of a box, beside the pid and the mark of an alert.
export const NAME_COLUMNS = 15;
export const LINE_COLUMNS = 27;
const GAP = { x: 44, y: 16 };
const PAD = 14;

/** What is drawn: a process, a fold that stands for several, or a leaf of a process. */
export type Item =
  | { kind: 'process'; id: string; node: TreeNode }
  | { kind: 'fold'; id: string; count: number; opens: string }
  | { kind: 'leaf'; id: string; text: string; what: 'file' | 'connection' };

export interface Placed {
  item: Item;
  x: number;
  y: number;
  parent: Placed | undefined;
  depth: number;
  children: Placed[];
}

export interface Band {
  kind: 'runtime' | 'container';
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  placed: Placed[];
  bands: Band[];
  width: number;
  height: number;
}

export interface Options {
  /** Processes whose children are not shown. */
  collapsed: ReadonlySet<string>;
  /** Folds that were opened. */
  opened: ReadonlySet<string>;
  leaves: boolean;
}

/** Ancestors beyond these, counted from the event's process, are folded at first. */
const ANCESTORS_SHOWN = 6;
/** Children without alerts beyond these are folded at first. */
const CHILDREN_SHOWN = 6;

interface Branch {
  item: Item;
  children: Branch[];
}

function branches(tree: Tree, options: Options): Branch | undefined {
  const byParent = new Map<string, TreeNode[]>();
  const byId = new Map(tree.nodes.map((node) => [node.id, node]));
  for (const node of tree.nodes) {
    if (node.parent === null) continue;
    const siblings = byParent.get(node.parent);
    if (siblings) siblings.push(node);
    else byParent.set(node.parent, [node]);
  }
  const path: string[] = [];
  for (let at = byId.get(tree.focus); at && !path.includes(at.id); at = byId.get(at.parent ?? '')) {
    path.push(at.id);
  }
  const onPath = new Set(path);
  const seen = new Set<string>();

  const build = (node: TreeNode): Branch => {
    seen.add(node.id);
    const children = options.collapsed.has(node.id) ? [] : childrenOf(node);
    return { item: { kind: 'process', id: node.id, node }, children };
  };
  const childrenOf = (node: TreeNode): Branch[] => {
    const all = (byParent.get(node.id) ?? [])
      .filter((child) => !seen.has(child.id))
      .sort((a, b) => a.start - b.start || a.pid - b.pid);
    const fold = foldOf(node.id);
    const matters = (child: TreeNode) =>
      onPath.has(child.id) || child.alerts.length > 0 || child.state !== 'seen';
    let left = CHILDREN_SHOWN - all.filter(matters).length;
    const shown = options.opened.has(fold)
      ? all
      : all.filter((child) => matters(child) || left-- > 0);
    const built = shown.map(build);
    if (shown.length < all.length || node.leftOut > 0) {
      const count = all.length - shown.length + node.leftOut;
      built.push({ item: { kind: 'fold', id: fold, count, opens: fold }, children: [] });
    }
    if (options.leaves) built.push(...leavesOf(node));
    return built;
  };
  const root = byId.get(path[path.length - 1] ?? '') ?? tree.nodes[0];
  if (!root) return undefined;
  const hidden = path.length - 1 - ANCESTORS_SHOWN;
  if (hidden < 2 || options.opened.has(ANCESTORS)) return build(root);
  const first = byId.get(path[ANCESTORS_SHOWN] ?? '');
  if (!first) return build(root);
  path.slice(ANCESTORS_SHOWN + 1).forEach((id) => seen.add(id));
  return {
    item: { kind: 'fold', id: ANCESTORS, count: hidden, opens: ANCESTORS },
    children: [build(first)],
  };
}

function leavesOf(node: TreeNode): Branch[] {
  const files = node.files.map((file, at): Item => {
    return { kind: 'leaf', id: `${node.id} file ${at}`, text: file.path, what: 'file' };
  });
  const connections = node.connections.map((peer, at): Item => {
    const arrow = peer.direction === 'in' ? '←' : '→';
    return {
      kind: 'leaf',
      id: `${node.id} peer ${at}`,
      text: `${arrow} ${peer.peer}`,
      what: 'connection',
    };
  });
  return [...files, ...connections].map((item) => ({ item, children: [] }));
}

/** Places everything, the first ancestor at the left. */
export function layout(tree: Tree, options: Options): Layout {
  const root = branches(tree, options);
  if (!root) return { placed: [], bands: [], width: 0, height: 0 };
  const at = tidy<Branch>()
    .nodeSize([BOX.height + GAP.y, BOX.width + GAP.x])
    .separation((a, b) => (a.parent === b.parent ? 1 : 1.25))(hierarchy(root));
  const placed: Placed[] = [];
  const place = (from: HierarchyPointNode<Branch>, parent: Placed | undefined): Placed => {
    const self: Placed = {
      item: from.data.item,
      x: from.y,
      y: from.x,
      parent,
      depth: from.depth,
      children: [],
    };
    placed.push(self);
    self.children = (from.children ?? []).map((child) => place(child, self));
    return self;
  };
  place(at, undefined);
  const top = Math.min(...placed.map((one) => one.y)) - PAD * 2.5;
  for (const one of placed) {
    one.x += PAD * 2;
    one.y -= top;
  }
  return {
    placed,
    bands: bandsOf(placed),
    width: Math.max(...placed.map((one) => one.x)) + BOX.width + PAD * 2,
    height: Math.max(...placed.map((one) => one.y)) + BOX.height + PAD * 2,
  };
}

function zone(one: Placed): string {
  if (one.item.kind !== 'process') return one.parent ? zone(one.parent) : '';
  const node = one.item.node;
  if (node.containerId !== 'host' && node.containerId !== '') return node.containerId;
  return isRuntime(node) ? 'runtime' : '';
}

/** A box around each stretch of the tree that lies in one container, or is its runtime. */
function bandsOf(placed: Placed[]): Band[] {
  const bands: Band[] = [];
  const grow = (one: Placed, of: string, into: Placed[]): void => {
    into.push(one);
    one.children.filter((child) => zone(child) === of).forEach((child) => grow(child, of, into));
  };
  for (const one of placed) {
    const of = zone(one);
    if (of === '' || (one.parent && zone(one.parent) === of)) continue;
    const members: Placed[] = [];
    grow(one, of, members);
    const x = Math.min(...members.map((m) => m.x)) - PAD;
    const y = Math.min(...members.map((m) => m.y)) - PAD * 1.8;
    bands.push({
      kind: of === 'runtime' ? 'runtime' : 'container',
      id: of,
      x,
      y,
      width: Math.max(...members.map((m) => m.x)) + BOX.width + PAD - x,
      height: Math.max(...members.map((m) => m.y)) + BOX.height + PAD - y,
    });
  }
  return bands;
}

/** The curve between two boxes. */
export function edge(from: Placed, to: Placed): string {
  const x1 = from.x + (from.item.kind === 'fold' ? 76 : BOX.width);
  const y1 = from.y + BOX.height / 2;
  const y2 = to.y + BOX.height / 2;
  const middle = (x1 + to.x) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${to.x} ${y2}`;
}
