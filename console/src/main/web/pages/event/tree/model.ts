// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { ApiError, call } from '../../../api/client';
import type { ActionResult, SecureEvent } from '../../../api/events';
import { door } from '../../../events/sentence';

export interface TreeAlert {
  id: string;
  timestamp: number;
  severity: number;
  ruleName: string;
  name: string;
  status: string;
  actions: ActionResult[];
}

export interface TreeNode {
  id: string;
  parent: string | null;
  relation: 'ancestor' | 'focus' | 'sibling' | 'descendant' | 'related';
  pid: number;
  name: string;
  exe: string;
  cmdline: string;
  uid: number;
  user: string;
  tty: string;
  /** "host", or a container's id. */
  containerId: string;
  /** ns since the epoch; 0 unknown. */
  start: number;
  end: number | null;
  exitStatus: number | null;
  state: 'seen' | 'exited' | 'killed' | 'prevented';
  reason: string;
  door: string;
  alerts: TreeAlert[];
  images: { time: number; exe: string; cmdline: string }[];
  files: { time: number; path: string; count: number }[];
  connections: { time: number; peer: string; protocol: string; direction: string; count: number }[];
  leftOut: number;
}

export interface Tree {
  focus: string;
  root: string;
  hostName: string;
  source: 'lineage' | 'activity';
  nodes: TreeNode[];
  leftOut: { nodes: number; files: number; connections: number };
  writers: {
    path: string;
    writtenBy: string;
    pid: number;
    program: string;
    cmdline: string;
    time: number;
    executedBy: string;
  }[];
}

/** The tree that the collector put together; where it has none, the lineage that the event brought. */
export async function fetchTree(event: SecureEvent): Promise<Tree | undefined> {
  try {
    const tree = await call<Tree>('GET', `/api/process-tree/v1/process-trees/${event.id}`);
    return {
      ...tree,
      nodes: tree.nodes.map((node) => ({ ...node, door: named(node.door, event) })),
    };
  } catch (e) {
    if (e instanceof ApiError && e.status === 404) return ofLineage(event);
    throw e;
  }
}

/** The collector tells that somebody entered; the event's lineage tells by whose command. */
function named(entry: string, event: SecureEvent): string {
  return entry === 'container exec' ? door(event.content.lineage) || entry : entry;
}

const RUNTIMES =
  /^(runc|crun|docker-runc|conmon|containerd|containerd-shim.*|dockerd|podman|kubelet|crio)$/;

export function isRuntime(node: TreeNode): boolean {
  return node.containerId === 'host' && RUNTIMES.test(node.name);
}

export function ofLineage(event: SecureEvent): Tree | undefined {
  const lineage = event.content.lineage;
  if (lineage.length === 0) return undefined;
  const id = (at: number) => `${lineage[at]?.pid ?? 0}-${at}`;
  const stopped = event.actions.find(
    (done) => done.status === 'done' && /^(process|exec|drift)/.test(done.type),
  );
  const entry = door(lineage);
  const nodes = lineage.map((task, at): TreeNode => {
    const container = task.container ? task.container : 'host';
    const outside = lineage[at + 1]?.container;
    const enters = container !== 'host' && (outside === 'host' || outside === '');
    return {
      id: id(at),
      parent: at + 1 < lineage.length ? id(at + 1) : null,
      relation: at === 0 ? 'focus' : 'ancestor',
      pid: task.pid ?? 0,
      name: task.name ?? '',
      exe: task.exe ?? '',
      cmdline: task.cmdline ?? '',
      uid: task.uid ?? 0,
      user: task.user ?? '',
      tty: task.tty === undefined ? '' : String(task.tty),
      containerId: container,
      start: task.start ? Date.parse(task.start) * 1e6 : 0,
      end: null,
      exitStatus: null,
      state:
        at === 0 && stopped
          ? stopped.type.includes('prevented')
            ? 'prevented'
            : 'killed'
          : 'seen',
      reason: at === 0 ? (stopped?.reason ?? '') : '',
      door: enters ? entry || 'container start' : '',
      alerts:
        at === 0
          ? [
              {
                id: event.id,
                timestamp: event.timestamp,
                severity: event.severity,
                ruleName: event.content.ruleName,
                name: event.name,
                status: event.state?.status ?? 'open',
                actions: event.actions,
              },
            ]
          : [],
      images: [],
      files: [],
      connections: [],
      leftOut: 0,
    };
  });
  return {
    focus: id(0),
    root: id(lineage.length - 1),
    hostName: event.labels['host.hostName'] ?? '',
    source: 'lineage',
    nodes,
    leftOut: { nodes: 0, files: 0, connections: 0 },
    writers: [],
  };
}
