// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// Drawn by hand on a grid of 16, one stroke wide, in the colour of the text beside them.
const PATHS = {
  overview: 'M2.500 13.500v-4 M6 13.500v-7 M9.500 13.500v-11 M13 13.500v-5.500',
  events: 'M2 8h3l2-5 3 10 2-5h2',
  incidents: 'M8 2l6.500 11.500h-13z M8 6.500v3.500 M8 11.800v.2',
  policies:
    'M8 1.800l5.500 2v4c0 3.200-2.300 5.300-5.500 6.400-3.200-1.100-5.500-3.200-5.500-6.400v-4z',
  library:
    'M3 2.500h7.500a2.500 2.500 0 0 1 2.500 2.500v8.500h-8a2 2 0 0 1-2-2z M3 11.500a2 2 0 0 1 2-2h8',
  agents: 'M2.500 3h11v7h-11z M5.500 13.500h5 M8 10v3.500',
  activity: 'M8 2a6 6 0 1 0 6 6 M8 4.500v3.500l2.500 1.500 M11 2.500l3 .5-.5 3',
  settings:
    'M2 4.500h7 M12 4.500h2 M2 11.500h2 M7 11.500h7 M10.500 4.500m-1.500 0a1.500 1.500 0 1 0 3 0a1.500 1.500 0 1 0-3 0 M5.500 11.500m-1.500 0a1.500 1.500 0 1 0 3 0a1.500 1.500 0 1 0-3 0',
  search: 'M7 2.500a4.500 4.500 0 1 0 0 9a4.500 4.500 0 1 0 0-9 M10.500 10.500l3.500 3.500',
  close: 'M3.500 3.500l9 9 M12.500 3.500l-9 9',
  plus: 'M8 3v10 M3 8h10',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  left: 'M10 4l-4 4 4 4',
  check: 'M3 8.500l3.500 3.500 6.500-8',
  pause: 'M5.500 3.500v9 M10.500 3.500v9',
  play: 'M5 3l8 5-8 5z',
  shield:
    'M8 1.800l5.500 2v4c0 3.200-2.300 5.300-5.500 6.400-3.200-1.100-5.500-3.200-5.500-6.400v-4z M5.500 8l2 2 3.500-4',
  skull: 'M8 2a5 5 0 0 0-3 9v2.500h6v-2.500a5 5 0 0 0-3-9z M6 7.500v.2 M10 7.500v.2 M8 13.500v-2',
  door: 'M4.500 14v-12h7v12 M2.500 14h11 M9 8v.2',
  eye: 'M1.500 8s2.500-4.500 6.500-4.500 6.500 4.500 6.500 4.500-2.500 4.500-6.500 4.500-6.500-4.500-6.500-4.500z M8 6.200a1.800 1.800 0 1 0 0 3.600a1.800 1.800 0 1 0 0-3.600',
  link: 'M6.500 9.500l3-3 M7 4.500l1.500-1.500a3 3 0 0 1 4.500 4.500l-1.500 1.500 M9 11.500l-1.500 1.500a3 3 0 0 1-4.500-4.500l1.500-1.500',
  download: 'M8 2v8 M4.500 7l3.500 3.500 3.500-3.500 M2.500 13.500h11',
  trash: 'M3 4.500h10 M6 4.500v-2h4v2 M4.500 4.500l.7 9h5.600l.7-9',
  undo: 'M3 6.500h7a3.500 3.500 0 0 1 0 7h-3 M6 3.500l-3 3 3 3',
  star: 'M8 2l1.900 3.900 4.300.6-3.100 3 .7 4.300-3.800-2-3.800 2 .7-4.300-3.100-3 4.300-.6z',
  fit: 'M2.500 6v-3.500h3.500 M10 2.500h3.500v3.500 M13.500 10v3.500h-3.500 M6 13.500h-3.500v-3.500',
  minus: 'M3 8h10',
  file: 'M4 1.800h5l3.500 3.500v9h-8.500z M9 1.800v3.500h3.500',
  more: 'M3.500 8h.1 M8 8h.1 M12.500 8h.1',
  sun: 'M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6 M8 1v1.500 M8 13.500v1.500 M1 8h1.500 M13.500 8h1.500 M3 3l1 1 M12 12l1 1 M3 13l1-1 M12 4l1-1',
  out: 'M6.500 2.500h-4v11h4 M6 8h8 M11 5l3 3-3 3',
  bell: 'M3 11.500h10l-1.500-2v-3a3.500 3.500 0 0 0-7 0v3z M6.500 13.500h3',
  key: 'M10.500 2.500a3 3 0 1 0 0 6a3 3 0 1 0 0-6 M8.300 7.700l-5.800 5.800 M4.500 11.500l1.500 1.500',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.4 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
