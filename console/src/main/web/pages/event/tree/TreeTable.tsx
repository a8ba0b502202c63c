// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useMemo, useState } from 'react';
import type { SecureEvent } from '../../../api/events';
import { useWords } from '../../../i18n/language';
import { Button } from '../../../parts/Button';
import { Machine } from '../../../parts/Machine';
import type { Tree, TreeNode } from './model';
import { Relative } from './NodePanel';
import { treeWords } from './words';

interface Row {
  node: TreeNode;
  depth: number;
}

/** More rows at once would make the page slow to read and to draw. */
const AT_ONCE = 300;

/** Parents before children, siblings in the order that they came in. */
export function rowsOf(tree: Tree): Row[] {
  const byParent = new Map<string, TreeNode[]>();
  for (const node of tree.nodes) {
    if (node.parent === null) continue;
    const siblings = byParent.get(node.parent);
    if (siblings) siblings.push(node);
    else byParent.set(node.parent, [node]);
  }
  const rows: Row[] = [];
  const seen = new Set<string>();
  const waiting = tree.nodes
    .filter((node) => node.parent === null || node.id === tree.root)
    .map((node): Row => ({ node, depth: 0 }))
    .reverse();
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    const { node, depth } = row;
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    rows.push(row);
    const children = byParent.get(node.id) ?? [];
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child) waiting.push({ node: child, depth: depth + 1 });
    }
  }
  return rows;
}

/** The same tree in rows, for those who do not see the drawing. */
export function TreeTable({ tree, event }: { tree: Tree; event: SecureEvent }) {
  const t = useWords(treeWords);
  const all = useMemo(() => rowsOf(tree), [tree]);
  const [most, setMost] = useState(AT_ONCE);
  const rows = all.slice(0, most);
  return (
    <div className="list">
      <table>
        <thead>
          <tr>
            <th>{t.program}</th>
            <th>PID</th>
            <th>{t.command}</th>
            <th>{t.user}</th>
            <th>{t.where}</th>
            <th>{t.started}</th>
            <th>{t.state}</th>
            <th>{t.alerts}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ node, depth }) => (
            <tr key={node.id} aria-current={node.id === tree.focus || undefined}>
              <td style={{ paddingLeft: 12 + Math.min(depth, 24) * 14 }}>
                <Machine bold={node.id === tree.focus}>{node.name}</Machine>
              </td>
              <td>{node.pid}</td>
              <td>
                <Machine max={160}>{node.cmdline}</Machine>
              </td>
              <td>
                <Machine>{node.user}</Machine>
              </td>
              <td>
                <Machine>{node.containerId}</Machine> {node.door}
              </td>
              <td>
                <Relative at={node.start} eventNs={event.timestamp} />
              </td>
              <td>{node.state === 'seen' ? t.running : t[node.state]}</td>
              <td>{node.alerts.map((alert) => alert.ruleName).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length < all.length && (
        <p className="row">
          <Button onClick={() => setMost(most + AT_ONCE)}>
            {t.moreRows(all.length - rows.length)}
          </Button>
        </p>
      )}
    </div>
  );
}
