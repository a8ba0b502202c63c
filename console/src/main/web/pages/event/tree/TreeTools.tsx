// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { RefObject } from 'react';
import { useWords } from '../../../i18n/language';
import { Button } from '../../../parts/Button';
import { Menu } from '../../../parts/Menu';
import type { Tree } from './model';
import { treeWords } from './words';

interface Props {
  tree: Tree;
  table: boolean;
  leaves: boolean;
  unfolded: boolean;
  find: { input: RefObject<HTMLInputElement | null>; text: string; count: number; at: number };
  onTable: () => void;
  onLeaves: () => void;
  onUnfold: () => void;
  onFind: (text: string) => void;
  /** To the next that was found, or the one before. */
  onNext: (by: number) => void;
  onLeaveFind: () => void;
  onZoom: (factor: number) => void;
  onFit: () => void;
  onSvg: () => void;
  onPng: () => void;
}

export const STEP = 1.25;

/** With fewer processes all are in view. */
const MANY = 12;

export function TreeTools(props: Props) {
  const t = useWords(treeWords);
  const { tree, table, find } = props;
  return (
    <div className="tree-tools row">
      <h2>{t.title}</h2>
      <span className="grow dim">
        {t.processes(tree.nodes.length)}
        {tree.leftOut.nodes > 0 && ` · ${t.leftOut(tree.leftOut.nodes)}`}
      </span>
      {!table && (
        <>
          {tree.nodes.length > MANY && <Finder {...props} />}
          <Button
            kind="quiet"
            icon={props.unfolded ? 'fold' : 'unfold'}
            label={props.unfolded ? t.foldAgain : t.unfoldAll}
            aria-pressed={props.unfolded}
            onClick={props.onUnfold}
          />
          <Button
            kind="quiet"
            icon="file"
            label={t.leaves}
            aria-pressed={props.leaves}
            onClick={props.onLeaves}
          />
          <Button
            kind="quiet"
            icon="minus"
            label={t.zoomOut}
            onClick={() => props.onZoom(1 / STEP)}
          />
          <Button kind="quiet" icon="plus" label={t.zoomIn} onClick={() => props.onZoom(STEP)} />
          <Button kind="quiet" icon="fit" label={t.fit} onClick={props.onFit} />
        </>
      )}
      <span className="unseen" role="status">
        {find.text !== '' && t.foundOf(find.at, find.count)}
      </span>
      <Menu
        label={t.more}
        icon="more"
        align="right"
        choices={[
          { label: table ? t.asTree : t.asTable, act: props.onTable },
          'line',
          { label: t.svg, act: props.onSvg },
          { label: t.png, act: props.onPng },
        ]}
      />
    </div>
  );
}

function Finder({ find, onFind, onNext, onLeaveFind }: Props) {
  const t = useWords(treeWords);
  return (
    <span className="tree-find">
      <input
        ref={find.input}
        type="search"
        aria-label={t.find}
        placeholder={t.find}
        value={find.text}
        onChange={(e) => onFind(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter') onNext(e.shiftKey ? -1 : 1);
          else if (e.key === 'Escape') onLeaveFind();
          else return;
          e.preventDefault();
          e.stopPropagation();
        }}
      />
      {find.text !== '' && (
        <span className="dim" aria-hidden="true">
          {find.at}/{find.count}
        </span>
      )}
    </span>
  );
}
