// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Tree, TreeNode } from './model';

export const ANCESTORS = 'ancestors';

/** The fold that stands for children of a process. */
export const childrenOf = (id: string) => `children of ${id}`;

/** Everything that can be opened. */
export function allFolds(tree: Tree): Set<string> {
  const folds = new Set([ANCESTORS]);
  for (const node of tree.nodes) if (node.parent !== null) folds.add(childrenOf(node.parent));
  return folds;
}

/** What must be open, and not collapsed, for a process to be drawn. */
export function wayTo(tree: Tree, id: string): { folds: string[]; processes: string[] } {
  const byId = new Map(tree.nodes.map((node) => [node.id, node]));
  const processes: string[] = [];
  let at = byId.get(id)?.parent ?? null;
  while (at !== null && !processes.includes(at)) {
    processes.push(at);
    at = byId.get(at)?.parent ?? null;
  }
  return { folds: [ANCESTORS, ...processes.map(childrenOf)], processes };
}

/** Processes whose words have all that is looked for, in the order of their start. */
export function found(tree: Tree, wanted: string): TreeNode[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return tree.nodes
    .filter((node) => {
      const text = `${node.pid} ${node.name} ${node.exe} ${node.cmdline} ${node.user}`;
      const all = text.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .sort((a, b) => a.start - b.start || a.pid - b.pid);
}
