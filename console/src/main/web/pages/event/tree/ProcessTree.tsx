// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './tree.css';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import type { SecureEvent } from '../../../api/events';
import { useWords } from '../../../i18n/language';
import { plain } from '../../../parts/safe-text';
import { Empty } from '../../../parts/States';
import { savePng, saveSvg } from './drawing';
import { useDrag, useWheel, type Move } from './gestures';
import { BOX, layout, type Layout, type Placed } from './layout';
import type { Tree } from './model';
import { NodePanel } from './NodePanel';
import { FAR, Picture, type Look } from './Picture';
import { at as placedAt } from './shapes';
import { TreeTable } from './TreeTable';
import { STEP, TreeTools } from './TreeTools';
import { useFinding, useUnfolding } from './unfolding';
import { closeTo, fitted, within, showing, useViewport, zoomed, type Viewport } from './viewport';
import { treeWords } from './words';

const LOWEST = 170;
const TALLEST = 480;
const WITH_PANEL = 330;
const SLACK_PX = 12;

export function ProcessTree({ tree, event }: { tree: Tree; event: SecureEvent }) {
  const t = useWords(treeWords);
  const [table, setTable] = useState(false);
  const [leaves, setLeaves] = useState(false);
  const [chosen, setChosen] = useState('');
  const drawing = useRef<SVGSVGElement>(null);
  const [view, move] = useViewport(drawing);
  const { collapsed, opened, unfolded, fold: toggle, all, show } = useUnfolding(tree);
  const drawn = useMemo(
    () => layout(tree, { collapsed, opened, leaves }),
    [tree, collapsed, opened, leaves],
  );
  const { width, height, placed } = drawn;
  const onPath = useOnPath(placed, tree.focus);
  const focus = placed.find((one) => one.item.id === tree.focus);
  const fit = () => move((old) => fitted(old, width, height, focus));
  useFirstFit(view.width > 0 && !table, drawn, focus, move);
  const anchor = useAnchor(drawn, [chosen, tree.focus], move);

  // The panel takes room away; what was chosen stays in view.
  useEffect(() => {
    const one = placed.find((other) => other.item.id === chosen);
    if (one) move((old) => showing(old, one.x, one.y, BOX.width, BOX.height));
  }, [chosen, view.width, view.height, placed, move]);

  const fold = useCallback(
    (one: Placed) => {
      anchor((one.item.kind === 'fold' && one.parent ? one.parent : one).item.id);
      toggle(one);
    },
    [anchor, toggle],
  );
  const choose = useCallback((one: Placed | undefined) => {
    if (one) setChosen(one.item.id);
  }, []);
  const zoom = (factor: number) =>
    move((old) => zoomed(old, factor, old.width / 2, old.height / 2));
  const input = useRef<HTMLInputElement>(null);
  const find = useFinding(tree, input, (id) => {
    show(id);
    setChosen(id);
  });
  const onKey = (e: KeyboardEvent) => {
    const at = placed.find((one) => one.item.id === (chosen || tree.focus)) ?? placed[0];
    if (!at || e.ctrlKey || e.metaKey || e.altKey) return;
    const sideways = (by: number) => {
      const level = placed.filter((one) => one.depth === at.depth).sort((a, b) => a.y - b.y);
      return level[level.indexOf(at) + by];
    };
    const keys: Record<string, () => void> = {
      ArrowLeft: () => choose(at.parent),
      ArrowRight: () =>
        choose(at.children.find((one) => onPath.has(one.item.id)) ?? at.children[0]),
      ArrowUp: () => choose(sideways(-1)),
      ArrowDown: () => choose(sideways(1)),
      ' ': () => fold(at),
      Enter: () => (at.item.kind === 'fold' ? fold(at) : choose(at)),
      Escape: () => setChosen(''),
      u: all,
      '/': () => input.current?.focus(),
      f: fit,
      l: () => setLeaves(!leaves),
      '+': () => zoom(STEP),
      '-': () => zoom(1 / STEP),
    };
    const act = keys[e.key];
    if (!act) return;
    e.preventDefault();
    e.stopPropagation();
    act();
  };
  useWheel(drawing, move);
  const drag = useDrag(move);
  // From far away boxes are shapes: what is pointed at is chosen, and brought close.
  const onClick = (e: MouseEvent<SVGSVGElement>) => {
    if (view.scale >= FAR || drag.wasDrag()) return;
    const box = e.currentTarget.getBoundingClientRect();
    const x = (e.clientX - box.left - view.x) / view.scale;
    const y = (e.clientY - box.top - view.y) / view.scale;
    const one = placedAt(placed, x, y, SLACK_PX / view.scale);
    if (!one) return;
    choose(one);
    move((old) => closeTo(old, one.x + BOX.width / 2, one.y + BOX.height / 2));
  };
  const container = event.labels['container.name'] ?? '';
  const look: Look = useMemo(
    () => ({
      focus: tree.focus,
      chosen,
      collapsed,
      onPath,
      eventNs: event.timestamp,
      container: { id: event.containerId, name: container },
      onChoose: choose,
      onFold: fold,
    }),
    [tree.focus, chosen, collapsed, onPath, event, container, choose, fold],
  );
  const chosenNode = tree.nodes.find((node) => node.id === chosen);
  if (placed.length === 0) return <Empty title={t.none} />;
  const name = `process-tree-${event.id.slice(0, 8)}`;
  return (
    <section className="tree" aria-label={t.title}>
      <TreeTools
        tree={tree}
        table={table}
        leaves={leaves}
        unfolded={unfolded}
        find={find}
        onTable={() => setTable(!table)}
        onLeaves={() => setLeaves(!leaves)}
        onUnfold={all}
        onFind={find.look}
        onNext={find.next}
        onLeaveFind={() => {
          find.look('');
          drawing.current?.focus();
        }}
        onZoom={zoom}
        onFit={fit}
        onSvg={() => saveSvg(name, drawn, tree, event.timestamp)}
        onPng={() => savePng(name, drawn, tree, event.timestamp)}
      />
      {table ? (
        <TreeTable tree={tree} event={event} />
      ) : (
        <div
          className={`tree-stage ${chosenNode ? 'with-node' : ''}`}
          style={{
            height: chosenNode
              ? Math.max(WITH_PANEL, Math.min(TALLEST, height))
              : Math.min(TALLEST, Math.max(LOWEST, height + 24)),
          }}
        >
          <svg
            ref={drawing}
            role="tree"
            aria-label={t.title}
            aria-description={t.help}
            tabIndex={0}
            data-keys="own"
            aria-activedescendant={chosen ? `node-${chosen}` : undefined}
            onKeyDown={onKey}
            onClick={onClick}
            {...drag.handlers}
          >
            <Picture drawn={drawn} view={view} look={look} />
          </svg>
          <span className="tree-host dim">{t.host(plain(tree.hostName))}</span>
          {chosenNode && (
            <NodePanel node={chosenNode} tree={tree} event={event} onClose={() => setChosen('')} />
          )}
        </div>
      )}
      {tree.source === 'lineage' && tree.nodes.every((node) => node.relation !== 'descendant') && (
        <p className="hint">{t.lineageOnly}</p>
      )}
    </section>
  );
}

/** The event's process and those that it comes from. */
function useOnPath(placed: readonly Placed[], focus: string): ReadonlySet<string> {
  return useMemo(() => {
    const ids = new Set<string>();
    for (let at = placed.find((one) => one.item.id === focus); at; at = at.parent)
      ids.add(at.item.id);
    return ids;
  }, [placed, focus]);
}

/** Once there is room: all of it, or the event's process where all would be too small to read. */
function useFirstFit(ready: boolean, drawn: Layout, focus: Placed | undefined, move: Move) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!ready || done) return;
    setDone(true);
    move((old) => first(old, drawn, focus));
  }, [ready, done, drawn, focus, move]);
}

function first(view: Viewport, drawn: Layout, focus: Placed | undefined): Viewport {
  const all = fitted(view, drawn.width, drawn.height);
  if (all.scale >= 0.8 || !focus) return all;
  // The event's process at the right, with room for its children; the rest a drag away.
  const close = { ...view, scale: 0.9 };
  const room = focus.children.length > 0 ? BOX.width + 84 : 40;
  return {
    ...close,
    x: close.width - (focus.x + BOX.width + room) * close.scale,
    y: within(close.height, drawn.height * close.scale, (focus.y + BOX.height / 2) * close.scale),
  };
}

/**
 * Where something is folded or unfolded, what one looks at stays where it was on the screen: what was
 * acted on, else what is chosen, or the next before it that is still drawn.
 */
function useAnchor(drawn: Layout, fallbacks: readonly [string, string], move: Move) {
  const [chosen, focus] = fallbacks;
  const id = useRef('');
  const before = useRef(drawn);
  useLayoutEffect(() => {
    const was = before.current;
    if (was === drawn) return;
    before.current = drawn;
    const now = new Map(drawn.placed.map((one) => [one.item.id, one]));
    const held = [id.current, chosen, focus]
      .map((one) => was.placed.find((other) => other.item.id === one))
      .flatMap(lineage)
      .find((one) => now.has(one.item.id));
    id.current = '';
    const to = held && now.get(held.item.id);
    if (!to) return;
    move((old) => {
      const x = old.x + (held.x - to.x) * old.scale;
      const y = old.y + (held.y - to.y) * old.scale;
      return showing({ ...old, x, y }, to.x, to.y, BOX.width, BOX.height);
    });
  }, [drawn, chosen, focus, move]);
  return useCallback((one: string) => {
    id.current = one;
  }, []);
}

function lineage(from: Placed | undefined): Placed[] {
  const all: Placed[] = [];
  for (let at = from; at; at = at.parent) all.push(at);
  return all;
}
