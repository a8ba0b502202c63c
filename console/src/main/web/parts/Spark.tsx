// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useLanguage } from '../i18n/language';
import { clock } from './time';

interface Props {
  /** What the bars show; read aloud with the summary. */
  label: string;
  summary: string;
  values: (number | null)[];
  fromMs: number;
  stepMs: number;
  format: (value: number) => string;
  /** Said of a step without a value. */
  nothing: string;
  bad?: boolean;
}

const HEIGHT = 40;

/** A small chart: a bar a step; where nothing is known the ground is missing. */
export function Spark({ label, summary, values, fromMs, stepMs, format, nothing, bad }: Props) {
  const language = useLanguage();
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  return (
    <svg
      className={`spark ${bad ? 'bad' : ''}`}
      viewBox={`0 0 ${values.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: ${summary}`}
    >
      {values.map((value, at) => {
        const height = value ? Math.max(1.5, (value / most) * (HEIGHT - 3)) : 0;
        return (
          <g key={at}>
            <title>
              {`${clock(fromMs + at * stepMs, language)}: ${value === null ? nothing : format(value)}`}
            </title>
            {value !== null && (
              <rect className="ground" x={at} width={1} y={HEIGHT - 1} height={1} />
            )}
            {height > 0 && (
              <rect
                className="bar"
                x={at + 0.08}
                width={0.84}
                y={HEIGHT - height}
                height={height}
              />
            )}
            <rect className="hit" x={at} width={1} y={0} height={HEIGHT} />
          </g>
        );
      })}
    </svg>
  );
}
