// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useCallback, useMemo, useState, type RefObject } from 'react';
import { allFolds, found, wayTo } from './folds';
import type { Placed } from './layout';
import type { Tree } from './model';

/** What of a tree is folded away, and what brings it out. */
export function useUnfolding(tree: Tree) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [unfolded, setUnfolded] = useState(false);
  const fold = useCallback((one: Placed) => {
    const { item } = one;
    if (item.kind === 'fold') setOpened((old) => toggle(old, item.opens));
    else if (item.kind === 'process') setCollapsed((old) => toggle(old, item.id));
  }, []);
  const all = () => {
    setCollapsed(new Set());
    setOpened(unfolded ? new Set() : allFolds(tree));
    setUnfolded(!unfolded);
  };
  const show = (id: string) => {
    const way = wayTo(tree, id);
    setOpened((old) => new Set([...old, ...way.folds]));
    setCollapsed((old) => new Set([...old].filter((one) => !way.processes.includes(one))));
  };
  return { collapsed, opened, unfolded, fold, all, show };
}

function toggle(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Looks for processes, and goes from one that was found to the next. */
export function useFinding(
  tree: Tree,
  input: RefObject<HTMLInputElement | null>,
  show: (id: string) => void,
) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const ids = useMemo(() => found(tree, text).map((node) => node.id), [tree, text]);
  const next = (by: number) => {
    if (ids.length === 0) return;
    const to = at === 0 && by < 0 ? ids.length : ((at - 1 + by + ids.length) % ids.length) + 1;
    setAt(to);
    const id = ids[to - 1];
    if (id !== undefined) show(id);
  };
  const look = (wanted: string) => {
    setText(wanted);
    setAt(0);
  };
  return { input, text, count: ids.length, at, next, look };
}
