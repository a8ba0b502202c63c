// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { SecureEvent } from '../../../api/types';
import { useWords } from '../../../i18n/language';
import { Machine } from '../../../parts/Machine';
import type { Tree, TreeNode } from './model';
import { Relative } from './NodePanel';
import { treeWords } from './words';

interface Props {
  tree: Tree;
  event: SecureEvent;
  onChoose: (id: string) => void;
}

/** The same tree in rows, for those who do not see the drawing. */
export function TreeTable({ tree, event }: Props) {
  const t = useWords(treeWords);
  const rows: { node: TreeNode; depth: number }[] = [];
  const add = (node: TreeNode, depth: number) => {
    if (rows.some((row) => row.node.id === node.id)) return;
    rows.push({ node, depth });
    tree.nodes
      .filter((child) => child.parent === node.id)
      .forEach((child) => add(child, depth + 1));
  };
  tree.nodes
    .filter((node) => node.parent === null || node.id === tree.root)
    .forEach((node) => add(node, 0));
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
              <td style={{ paddingLeft: 12 + depth * 14 }}>
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
    </div>
  );
}
