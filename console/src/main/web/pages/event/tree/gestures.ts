// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useEffect, useRef, type PointerEvent, type RefObject } from 'react';
import { zoomed, type Viewport } from './viewport';

export type Move = (to: (view: Viewport) => Viewport) => void;

/** Further than this it is a drag, and no click. */
const SLACK_PX = 4;

/** With Ctrl the wheel zooms; without, the page scrolls as everywhere. */
export function useWheel(drawing: RefObject<SVGSVGElement | null>, move: Move) {
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

/** Moves with the pointer; `wasDrag` tells a click that ended a drag from one that is meant. */
export function useDrag(move: Move) {
  const from = useRef<{ x: number; y: number } | undefined>(undefined);
  const travelled = useRef(0);
  return {
    wasDrag: () => travelled.current > SLACK_PX,
    handlers: {
      onPointerDown: (e: PointerEvent<SVGSVGElement>) => {
        from.current = { x: e.clientX, y: e.clientY };
        travelled.current = 0;
      },
      onPointerMove: (e: PointerEvent<SVGSVGElement>) => {
        const last = from.current;
        if (!last || e.buttons === 0) return;
        const dx = e.clientX - last.x;
        const dy = e.clientY - last.y;
        from.current = { x: e.clientX, y: e.clientY };
        travelled.current += Math.abs(dx) + Math.abs(dy);
        move((old) => ({ ...old, x: old.x + dx, y: old.y + dy }));
      },
      onPointerUp: () => {
        from.current = undefined;
      },
    },
  };
}
