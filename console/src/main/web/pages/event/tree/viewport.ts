// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useCallback, useLayoutEffect, useState, type RefObject } from 'react';

export interface Viewport {
  x: number;
  y: number;
  scale: number;
  width: number;
  height: number;
}

const SMALLEST = 0.1;
const LARGEST = 2.5;
const EDGE = 16;

const clamp = (scale: number) => Math.min(LARGEST, Math.max(SMALLEST, scale));

/** Where a size begins in a room: in its middle, or, too large for it, so that a place is seen and nothing is empty. */
export const within = (room: number, size: number, at: number) =>
  size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, room / 2 - at));

/** So that all of it is seen, as long as that can be told apart; else what lies around a place. */
export function fitted(
  view: Viewport,
  width: number,
  height: number,
  around = { x: width / 2, y: height / 2 },
): Viewport {
  const scale = clamp(
    Math.min(1, (view.width - EDGE * 2) / width, (view.height - EDGE * 2) / height),
  );
  return {
    ...view,
    scale,
    x: within(view.width, width * scale, around.x * scale),
    y: within(view.height, height * scale, around.y * scale),
  };
}

/** A place in the middle, large enough to read. */
export function closeTo(view: Viewport, x: number, y: number): Viewport {
  const scale = Math.max(view.scale, 1);
  return { ...view, scale, x: view.width / 2 - x * scale, y: view.height / 2 - y * scale };
}

export function zoomed(view: Viewport, factor: number, atX: number, atY: number): Viewport {
  const scale = clamp(view.scale * factor);
  const by = scale / view.scale;
  return { ...view, scale, x: atX - (atX - view.x) * by, y: atY - (atY - view.y) * by };
}

/** Moved no further than needed to have a box in view. */
export function showing(
  view: Viewport,
  x: number,
  y: number,
  width: number,
  height: number,
): Viewport {
  const left = view.x + x * view.scale;
  const top = view.y + y * view.scale;
  const right = left + width * view.scale;
  const bottom = top + height * view.scale;
  const dx = left < EDGE ? EDGE - left : right > view.width - EDGE ? view.width - EDGE - right : 0;
  const dy =
    top < EDGE ? EDGE - top : bottom > view.height - EDGE ? view.height - EDGE - bottom : 0;
  return dx === 0 && dy === 0 ? view : { ...view, x: view.x + dx, y: view.y + dy };
}

export function useViewport(box: RefObject<HTMLElement | SVGElement | null>) {
  const [view, setView] = useState<Viewport>({ x: 0, y: 0, scale: 1, width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const { width, height } = element.getBoundingClientRect();
      setView((old) => ({ ...old, width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  const move = useCallback((to: (view: Viewport) => Viewport) => setView(to), []);
  return [view, move] as const;
}
