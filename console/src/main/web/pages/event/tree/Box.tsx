// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { memo, type ReactNode } from 'react';
import { useWords } from '../../../i18n/language';
import { fitted, plain, shorten } from '../../../parts/safe-text';
import { level } from '../../../parts/severity';
import { span } from '../../../parts/time';
import { ANCESTORS } from './folds';
import { BOX, edge, LINE_COLUMNS, NAME_COLUMNS, type Placed } from './layout';
import type { TreeNode } from './model';
import { treeWords } from './words';

export function away(node: TreeNode, eventNs: number): string {
  if (node.start === 0) return '';
  const ms = (node.start - eventNs) / 1e6;
  return `${ms < 0 ? '−' : '+'}${span(Math.abs(ms))}`;
}

interface Props {
  placed: Placed;
  eventNs: number;
  focus: boolean;
  chosen: boolean;
  collapsed: boolean;
  elementId: string;
  onChoose: (placed: Placed) => void;
  onFold: (placed: Placed) => void;
}

/**
 * One box of the tree. Its texts are of machines: marked, cut, and never markup. Moving and zooming
 * draw none again that were in sight already.
 */
export const Box = memo(function Box({
  placed,
  eventNs,
  focus,
  chosen,
  collapsed,
  elementId,
  onChoose,
  onFold,
}: Props) {
  const t = useWords(treeWords);
  const { item, x, y } = placed;
  const common = {
    id: elementId,
    role: 'treeitem',
    'aria-level': placed.depth + 1,
    'aria-selected': chosen,
    transform: `translate(${x} ${y})`,
  };
  if (item.kind === 'fold') {
    const label = item.id === ANCESTORS ? t.moreAncestors(item.count) : `+${item.count}`;
    return (
      <g
        {...common}
        className={`fold ${chosen ? 'chosen' : ''}`}
        aria-label={label}
        onClick={() => onFold(placed)}
      >
        <rect y={BOX.height / 2 - 13} width="76" height="26" rx="13" />
        <text x="38" y={BOX.height / 2 + 4.5} textAnchor="middle">
          +{item.count}
        </text>
        <title>{label}</title>
      </g>
    );
  }
  if (item.kind === 'leaf') {
    return (
      <g
        {...common}
        className={`leaf ${chosen ? 'chosen' : ''}`}
        aria-label={plain(item.text)}
        onClick={() => onChoose(placed)}
      >
        <rect y={BOX.height / 2 - 11} width={BOX.width} height="22" rx="4" />
        <text x="8" y={BOX.height / 2 + 4}>
          {fitted(item.text, LINE_COLUMNS)}
        </text>
        <title>{plain(item.text)}</title>
      </g>
    );
  }
  const { node } = item;
  const worst = Math.min(...node.alerts.map((alert) => alert.severity));
  const struck = node.state === 'killed' || node.state === 'prevented';
  return (
    <g
      {...common}
      className={`box ${node.state} ${focus ? 'focus' : ''} ${chosen ? 'chosen' : ''} ${node.relation}`}
      aria-expanded={placed.children.length > 0 || collapsed ? !collapsed : undefined}
      onClick={() => onChoose(placed)}
      onDoubleClick={() => onFold(placed)}
    >
      <title>{plain(node.cmdline).slice(0, 600)}</title>
      <rect width={BOX.width} height={BOX.height} rx="6" />
      <text className="name" x="10" y="19">
        {fitted(node.name, NAME_COLUMNS)}
        <tspan className="pid" dx="6">
          {node.pid}
        </tspan>
      </text>
      <text className="line" x="10" y="36">
        {fitted(node.cmdline || node.exe, LINE_COLUMNS)}
      </text>
      {struck && <line className="strike" x1="8" x2={BOX.width - 34} y1="15" y2="15" />}
      {struck && (
        <text className="state" x="2" y={BOX.height + 12}>
          {shorten(t[node.state as 'killed'], 30)}
        </text>
      )}
      {node.alerts.length > 0 && (
        <Mark x={BOX.width - 14} severity={worst}>
          {node.alerts.length > 1 ? String(node.alerts.length) : '!'}
        </Mark>
      )}
      {collapsed && (
        <text className="more" x={BOX.width + 6} y={BOX.height / 2 + 4}>
          …
        </text>
      )}
      <text className="away" x={BOX.width} y="-5" textAnchor="end">
        {away(node, eventNs)}
      </text>
    </g>
  );
});

function Mark({ x, severity, children }: { x: number; severity: number; children: ReactNode }) {
  return (
    <g className={`alert-mark ${level(severity)}`} transform={`translate(${x} 14)`}>
      <circle r="9" />
      <text textAnchor="middle" y="4">
        {children}
      </text>
    </g>
  );
}

interface EdgeProps {
  placed: Placed;
  path: boolean;
}

export const Edge = memo(function Edge({ placed, path }: EdgeProps) {
  if (!placed.parent) return null;
  const node = placed.item.kind === 'process' ? placed.item.node : undefined;
  return (
    <g className={`edge ${path ? 'path' : ''} ${node?.state === 'prevented' ? 'denied' : ''}`}>
      <path d={edge(placed.parent, placed)} />
      {node?.door && (
        <g className="door" transform={`translate(${placed.x - 22} ${placed.y + BOX.height / 2})`}>
          <title>{node.door}</title>
          <rect x="-9" y="-10" width="18" height="20" rx="4" />
          <path d="M-4 6v-12h8v12M-6 6h12M1.500 0v.1" />
          {/* A start is told by the door alone; there is no room for its words. */}
          {node.door.includes('exec') && (
            <text x="9" y={BOX.height / 2 + 12} textAnchor="end">
              {node.door}
            </text>
          )}
        </g>
      )}
    </g>
  );
});
