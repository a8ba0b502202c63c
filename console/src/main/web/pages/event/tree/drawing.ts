// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { fitted, plain } from '../../../parts/safe-text';
import { level } from '../../../parts/severity';
import { tellError } from '../../../parts/Toast';
import { download } from '../../events/exports';
import { BOX, edge, LINE_COLUMNS, NAME_COLUMNS, type Layout, type Placed } from './layout';
import type { Tree } from './model';

// A drawing that stands alone: its colours in itself, always those of paper.
const COLOURS = { high: '#d6336c', medium: '#e8590c', low: '#1971c2', info: '#868e96' };

const escaped = (text: string) =>
  plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

export function svg(drawn: Layout, tree: Tree, eventNs: number): string {
  const bands = drawn.bands.map(
    (band) =>
      `<rect x="${band.x}" y="${band.y}" width="${band.width}" height="${band.height}" rx="10" fill="${band.kind === 'runtime' ? '#eef1f8' : '#e9f5f2'}"/>` +
      `<text x="${band.x + 10}" y="${band.y + 14}" font-size="11" fill="#56606b">${band.kind === 'runtime' ? 'container runtime' : `container ${escaped(band.id)}`}</text>`,
  );
  const edges = drawn.placed
    .filter((one) => one.parent)
    .map(
      (one) =>
        `<path d="${edge(one.parent as Placed, one)}" fill="none" stroke="#868e96" stroke-width="1.5"/>`,
    );
  const boxes = drawn.placed.map((one) => box(one, tree, eventNs));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(drawn.width)}" height="${Math.ceil(drawn.height)}" font-family="ui-monospace, monospace">` +
    `<rect width="100%" height="100%" fill="#fff"/>${bands.join('')}${edges.join('')}${boxes.join('')}</svg>`
  );
}

function box(one: Placed, tree: Tree, eventNs: number): string {
  const at = `<g transform="translate(${one.x} ${one.y})">`;
  const { item } = one;
  if (item.kind === 'fold') {
    return `${at}<rect y="10" width="76" height="26" rx="13" fill="#eef0f2" stroke="#868e96"/><text x="38" y="27" font-size="12" text-anchor="middle">+${item.count}</text></g>`;
  }
  if (item.kind === 'leaf') {
    return `${at}<text x="8" y="27" font-size="11">${escaped(fitted(item.text, LINE_COLUMNS))}</text></g>`;
  }
  const { node } = item;
  const focus = node.id === tree.focus;
  const struck = node.state === 'killed' || node.state === 'prevented';
  const worst = Math.min(...node.alerts.map((alert) => alert.severity));
  const time = node.start === 0 ? '' : `${((node.start - eventNs) / 1e9).toFixed(3)} s`;
  return (
    `${at}<title>${escaped(node.cmdline.slice(0, 2000))}</title>` +
    `<rect width="${BOX.width}" height="${BOX.height}" rx="6" fill="#fff" stroke="${focus ? '#0b7466' : '#868e96'}" stroke-width="${focus ? 2.5 : 1}"${node.state === 'prevented' ? ' stroke-dasharray="5 4"' : ''}/>` +
    `<text x="10" y="19" font-size="13" font-weight="${focus ? 700 : 600}"${struck ? ' text-decoration="line-through"' : ''}>${escaped(fitted(node.name, NAME_COLUMNS))} <tspan font-weight="400" fill="#56606b">${node.pid}</tspan></text>` +
    `<text x="10" y="36" font-size="11" fill="#56606b">${escaped(fitted(node.cmdline || node.exe, LINE_COLUMNS))}</text>` +
    `<text x="${BOX.width}" y="-4" font-size="10" fill="#56606b" text-anchor="end">${[node.door, struck ? node.state : '', time].filter(Boolean).map(escaped).join(' · ')}</text>` +
    (node.alerts.length > 0
      ? `<circle cx="${BOX.width - 14}" cy="14" r="8" fill="${COLOURS[level(worst)]}"/>`
      : '') +
    '</g>'
  );
}

export function saveSvg(name: string, drawn: Layout, tree: Tree, eventNs: number): void {
  download(`${name}.svg`, 'image/svg+xml', svg(drawn, tree, eventNs));
}

const MAX_PIXELS = 16_000;

export function savePng(name: string, drawn: Layout, tree: Tree, eventNs: number): void {
  const url = URL.createObjectURL(new Blob([svg(drawn, tree, eventNs)], { type: 'image/svg+xml' }));
  const image = new Image();
  image.onload = () => {
    URL.revokeObjectURL(url);
    const scale = Math.min(2, MAX_PIXELS / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(drawn.width * scale);
    canvas.height = Math.ceil(drawn.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((png) => png && download(`${name}.png`, 'image/png', png));
  };
  image.onerror = () => tellError(new Error('the drawing could not be made'));
  image.src = url;
}
