// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Link } from 'wouter';
import type { SecureEvent } from '../../../api/events';
import { Value } from '../../../events/Value';
import { common } from '../../../i18n/common';
import { useWords } from '../../../i18n/language';
import { Button } from '../../../parts/Button';
import { Machine } from '../../../parts/Machine';
import { Severity } from '../../../parts/Severity';
import { Time } from '../../../parts/Time';
import { ms, span } from '../../../parts/time';
import type { Tree, TreeNode } from './model';
import { treeWords } from './words';
import { Name } from '../../../parts/Name';

export function Relative({ at, eventNs }: { at: number; eventNs: number }) {
  const t = useWords(treeWords);
  if (at === 0) return <>–</>;
  const away = (at - eventNs) / 1e6;
  return (
    <>
      <Time at={ms(at)} />{' '}
      <span className="dim">({away <= 0 ? t.before(span(-away)) : t.after(span(away))})</span>
    </>
  );
}

interface Props {
  node: TreeNode;
  tree: Tree;
  event: SecureEvent;
  onClose: () => void;
}

/** All that is known of one process. */
export function NodePanel({ node, tree, event, onClose }: Props) {
  const t = useWords(treeWords);
  const c = useWords(common);
  const writer = tree.writers.filter((one) => one.executedBy === node.id);
  return (
    <aside className="node-panel" aria-label={node.name}>
      <header className="row">
        <h3 className="grow">
          <Machine max={40}>{node.name}</Machine> <span className="dim machine">{node.pid}</span>
        </h3>
        <Button kind="quiet" icon="close" label={c.close} onClick={onClose} />
      </header>
      <dl className="facts">
        <dt>{t.command}</dt>
        <dd>
          <Value attribute="proc.cmdline" value={node.cmdline} max={2000} />
        </dd>
        <dt>{t.program}</dt>
        <dd>
          <Value attribute="proc.exepath" value={node.exe} max={400} />
        </dd>
        <dt>{t.user}</dt>
        <dd>
          <Machine>{node.user}</Machine> <span className="dim">{node.uid}</span>
        </dd>
        {node.tty !== '' && (
          <>
            <dt>{t.terminal}</dt>
            <dd>
              <Machine>{node.tty}</Machine>
            </dd>
          </>
        )}
        <dt>{t.where}</dt>
        <dd>
          <Machine>{node.containerId === 'host' ? tree.hostName : node.containerId}</Machine>
          {node.door && <span className="dim"> ({node.door})</span>}
        </dd>
        <dt>{t.started}</dt>
        <dd>
          <Relative at={node.start} eventNs={event.timestamp} />
        </dd>
        {node.end !== null && (
          <>
            <dt>{t.ended}</dt>
            <dd>
              <Relative at={node.end} eventNs={event.timestamp} />
              {node.exitStatus !== null && <> {t.exit(node.exitStatus)}</>}
            </dd>
          </>
        )}
        {node.state !== 'seen' && (
          <>
            <dt>{t.state}</dt>
            <dd>
              <strong>{t[node.state]}</strong> <Machine>{node.reason}</Machine>
            </dd>
          </>
        )}
      </dl>
      {node.alerts.length > 0 && <h4>{t.alerts}</h4>}
      <ul>
        {node.alerts.map((alert) => (
          <li key={alert.id}>
            <Severity severity={alert.severity} />{' '}
            {alert.id === event.id ? (
              alert.ruleName
            ) : (
              <Link href={`/events/${alert.id}`}>
                <Name>{alert.ruleName}</Name>
              </Link>
            )}{' '}
            <Time at={ms(alert.timestamp)} />
          </li>
        ))}
      </ul>
      <Things title={t.images} of={node.images.map((one) => one.cmdline || one.exe)} />
      <Things title={t.files} of={node.files.map((one) => one.path)} />
      <Things
        title={t.connections}
        of={node.connections.map(
          (one) => `${one.direction === 'in' ? '←' : '→'} ${one.peer} ${one.protocol}`,
        )}
      />
      <Things
        title=""
        of={writer.map((one) => `${one.path} ← ${one.cmdline || one.program} (${one.pid})`)}
      />
    </aside>
  );
}

function Things({ title, of }: { title: string; of: string[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul>
        {of.map((text, at) => (
          <li key={at}>
            <Machine max={300}>{text}</Machine>
          </li>
        ))}
      </ul>
    </>
  );
}
