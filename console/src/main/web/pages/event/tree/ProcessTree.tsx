// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './tree.css';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import type { SecureEvent } from '../../../api/types';
import { useWords } from '../../../i18n/language';
import { Button } from '../../../parts/Button';
import { Menu } from '../../../parts/Menu';
import { plain } from '../../../parts/safe-text';
import { Empty } from '../../../parts/States';
import { Box, Edge } from './Box';
import { savePng, saveSvg } from './drawing';
import { BOX, layout, type Placed } from './layout';
import type { Tree } from './model';
import { NodePanel } from './NodePanel';
import { TreeTable } from './TreeTable';
import { fitted, showing, useViewport, zoomed } from './viewport';
import { treeWords } from './words';

const STEP = 1.25;
const AROUND = 260;
const LOWEST = 170;
const TALLEST = 480;
const WITH_PANEL = 330;

export function ProcessTree({ tree, event }: { tree: Tree; event: SecureEvent }) {
  const t = useWords(treeWords);
  const [table, setTable] = useState(false);
  const [leaves, setLeaves] = useState(false);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState('');
  const drawing = useRef<SVGSVGElement>(null);
  const [view, move] = useViewport(drawing);
  const drawn = useMemo(
    () => layout(tree, { collapsed, opened, leaves }),
    [tree, collapsed, opened, leaves],
  );
  const { width, height, placed } = drawn;
  const onPath = useMemo(() => {
    const ids = new Set<string>();
    for (let at = placed.find((one) => one.item.id === tree.focus); at; at = at.parent)
      ids.add(at.item.id);
    return ids;
  }, [placed, tree.focus]);
  const fit = () => move((old) => fitted(old, width, height));
  const ready = view.width > 0 && !table;
  const [fittedOnce, setFittedOnce] = useState(false);
  useEffect(() => {
    if (!ready || fittedOnce) return;
    setFittedOnce(true);
    const focus = placed.find((one) => one.item.id === tree.focus);
    move((old) => {
      const all = fitted(old, width, height);
      // Too small to read: the event's process at the right, the rest a drag away.
      if (all.scale >= 0.8 || !focus) return all;
      const close = { ...old, scale: 0.9, x: 0, y: 0 };
      return {
        ...close,
        x: close.width - (focus.x + BOX.width + 40) * close.scale,
        y: close.height / 2 - (focus.y + BOX.height / 2) * close.scale,
      };
    });
  }, [ready, fittedOnce, move, width, height, placed, tree.focus]);

  // The panel takes room away; what was chosen stays in view.
  useEffect(() => {
    const one = placed.find((other) => other.item.id === chosen);
    if (one) move((old) => showing(old, one.x, one.y, BOX.width, BOX.height));
  }, [chosen, view.width, view.height, placed, move]);

  const fold = useCallback((one: Placed) => {
    if (one.item.kind === 'fold')
      setOpened((old) => toggle(old, (one.item as { opens: string }).opens));
    else if (one.item.kind === 'process') setCollapsed((old) => toggle(old, one.item.id));
  }, []);
  const choose = useCallback((one: Placed | undefined) => {
    if (one) setChosen(one.item.id);
  }, []);
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
      f: fit,
      l: () => setLeaves(!leaves),
      '+': () => move((old) => zoomed(old, STEP, old.width / 2, old.height / 2)),
      '-': () => move((old) => zoomed(old, 1 / STEP, old.width / 2, old.height / 2)),
    };
    const act = keys[e.key];
    if (!act) return;
    e.preventDefault();
    e.stopPropagation();
    act();
  };
  useWheel(drawing, move);
  const drag = useDrag(move);

  const names = { host: tree.hostName, container: event.labels['container.name'] ?? '' };
  const left = -view.x / view.scale - AROUND;
  const top = -view.y / view.scale - AROUND;
  const right = left + view.width / view.scale + AROUND * 2;
  const bottom = top + view.height / view.scale + AROUND * 2;
  // A tree of thousands: what is out of sight is not in the document.
  const near = (one: Placed) =>
    one.x + BOX.width > left && one.x < right && one.y + BOX.height > top && one.y < bottom;
  const seen = placed.filter(near);
  const edges = placed.filter((one) => one.parent && (near(one) || near(one.parent)));
  const chosenNode = tree.nodes.find((node) => node.id === chosen);
  if (placed.length === 0) return <Empty title={t.none} />;
  const name = `process-tree-${event.id.slice(0, 8)}`;
  return (
    <section className="tree" aria-label={t.title}>
      <div className="tree-tools row">
        <h2 className="grow">{t.title}</h2>
        {tree.leftOut.nodes > 0 && <span className="dim">{t.leftOut(tree.leftOut.nodes)}</span>}
        {!table && (
          <>
            <Button
              kind="quiet"
              icon="file"
              label={t.leaves}
              aria-pressed={leaves}
              onClick={() => setLeaves(!leaves)}
            />
            <Button
              kind="quiet"
              icon="minus"
              label={t.zoomOut}
              onClick={() => move((old) => zoomed(old, 1 / STEP, old.width / 2, old.height / 2))}
            />
            <Button
              kind="quiet"
              icon="plus"
              label={t.zoomIn}
              onClick={() => move((old) => zoomed(old, STEP, old.width / 2, old.height / 2))}
            />
            <Button kind="quiet" icon="fit" label={t.fit} onClick={fit} />
          </>
        )}
        <Menu
          label={t.more}
          icon="more"
          align="right"
          choices={[
            { label: table ? t.asTree : t.asTable, act: () => setTable(!table) },
            'line',
            { label: t.svg, act: () => saveSvg(name, drawn, tree, event.timestamp) },
            { label: t.png, act: () => savePng(name, drawn, tree, event.timestamp) },
          ]}
        />
      </div>
      {table ? (
        <TreeTable tree={tree} event={event} onChoose={setChosen} />
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
            {...drag}
          >
            <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`} role="none">
              {drawn.bands.map((band, at) => (
                <g key={at} className={`band ${band.kind}`} role="none">
                  <rect x={band.x} y={band.y} width={band.width} height={band.height} rx="10" />
                  <text x={band.x + 10} y={band.y + 14}>
                    {band.kind === 'runtime'
                      ? t.runtime
                      : t.container(
                          plain(
                            band.id === event.containerId && names.container
                              ? names.container
                              : band.id,
                          ),
                        )}
                  </text>
                </g>
              ))}
              {edges.map((one) => (
                <Edge key={one.item.id} placed={one} path={onPath.has(one.item.id)} />
              ))}
              {seen.map((one) => (
                <Box
                  key={one.item.id}
                  elementId={`node-${one.item.id}`}
                  placed={one}
                  eventNs={event.timestamp}
                  focus={one.item.id === tree.focus}
                  chosen={one.item.id === chosen}
                  collapsed={collapsed.has(one.item.id)}
                  onChoose={choose}
                  onFold={fold}
                />
              ))}
            </g>
          </svg>
          <span className="tree-host dim">{t.host(plain(names.host))}</span>
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

function toggle(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

type Move = ReturnType<typeof useViewport>[1];

/** With Ctrl the wheel zooms; without, the page scrolls as everywhere. */
function useWheel(drawing: React.RefObject<SVGSVGElement | null>, move: Move) {
  useEffect(() => {
    const element = drawing.current;
    if (!element) return;
    const onWheel = (e: WheelEvent) => {
      if (!e.ctrlKey && !e.metaKey) return;
      e.preventDefault();
      const box = element.getBoundingClientRect();
      move((old) =>
        zoomed(old, Math.exp(-e.deltaY / 300), e.clientX - box.left, e.clientY - box.top),
      );
    };
    // React listens passively, and could not keep the page from zooming.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  });
}

function useDrag(move: Move) {
  const from = useRef<{ x: number; y: number } | undefined>(undefined);
  return {
    onPointerDown: (e: PointerEvent<SVGSVGElement>) => {
      from.current = { x: e.clientX, y: e.clientY };
    },
    onPointerMove: (e: PointerEvent<SVGSVGElement>) => {
      const last = from.current;
      if (!last || e.buttons === 0) return;
      from.current = { x: e.clientX, y: e.clientY };
      move((old) => ({ ...old, x: old.x + e.clientX - last.x, y: old.y + e.clientY - last.y }));
    },
    onPointerUp: () => {
      from.current = undefined;
    },
  };
}
