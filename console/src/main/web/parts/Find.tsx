// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Narrows a list while one types. */
export function Find({ label, value, onChange }: Props) {
  return (
    <input
      type="search"
      className="find"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(e) => onChange(e.target.value)}
    />
  );
}

/** Whether every word of what is looked for stands somewhere in the texts. */
export function fits(wanted: string, ...texts: (string | undefined)[]): boolean {
  const all = texts.join('\n').toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
