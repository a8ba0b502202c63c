// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** What the page shows of a diagnosis; an agent of another version may tell less or more. */
export interface Findings {
  healthy: boolean;
  problems: string[];
  notes: string[];
  strongest: string;
  stronger: string[];
  hooks: { name: string; works: boolean; reason: string }[];
  runtimes: { runtime: string; socket: string; version: string; remark: string }[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value)
    ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
    : [];
}

export function findings(diagnosis: Record<string, unknown>): Findings {
  const problems = texts(diagnosis['problems']);
  return {
    healthy: diagnosis['healthy'] === true && problems.length === 0,
    problems,
    notes: texts(diagnosis['notes']),
    strongest: text(diagnosis['strongest_action']),
    stronger: texts(diagnosis['stronger_actions']),
    hooks: objects(diagnosis['hooks']).map((hook) => ({
      name: text(hook['name']),
      works: hook['works'] === true,
      reason: text(hook['reason']),
    })),
    runtimes: objects(diagnosis['runtimes']).map((one) => ({
      runtime: text(one['runtime']),
      socket: text(one['socket']),
      version: text(one['version']),
      remark: text(one['remark']),
    })),
  };
}
