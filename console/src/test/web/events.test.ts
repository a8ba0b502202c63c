// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { describe, expect, it } from 'vitest';
import type { ActionResult, SecureEvent } from '../../main/web/api/events';
import { outcomes } from '../../main/web/events/outcome';
import { door, sentence } from '../../main/web/events/sentence';
import { bodyOf, proposed } from '../../main/web/pages/event/exception';
import { bins, widthMs } from '../../main/web/pages/events/bins';
import { cell, csv, elements, json } from '../../main/web/pages/events/exports';
import { address, parse, stretch } from '../../main/web/pages/events/view';
import { level } from '../../main/web/parts/severity';

function event(
  change: Partial<SecureEvent> = {},
  fields: Record<string, unknown> = {},
): SecureEvent {
  return {
    id: '01',
    timestamp: 1.7e18,
    timestampRFC3339Nano: '2026-11-26T09:14:32.105140002Z',
    name: 'p',
    severity: 1,
    source: 'syscall',
    engine: 'falco',
    agentId: 'a',
    containerId: 'c1',
    actions: [],
    labels: { 'container.name': 'shop', 'host.hostName': 'vm' },
    content: {
      ruleName: 'Terminal shell in container',
      rulePriority: 'Notice',
      ruleTags: [],
      output: '',
      policies: [],
      fields: {
        'user.name': 'root',
        'proc.name': 'sh',
        'proc.cmdline': 'sh',
        'proc.tty': 34816,
        ...fields,
      },
      lineage: [
        { name: 'sh', pid: 7, container: 'c1', tty: 'pts/0' },
        { name: 'runc', cmdline: 'runc --root /x exec --process p', container: 'host' },
        { name: 'dockerd', container: 'host' },
      ],
    },
    ...change,
  };
}

const said = (of: SecureEvent, language: 'en' | 'ja') =>
  sentence(of, language)
    .map((part) => (typeof part === 'string' ? part : part.machine))
    .join('');

const done = (type: string, status: string): ActionResult => ({
  type,
  status,
  isSuccessful: status === 'done',
});

describe('events as JSON', () => {
  it('keep every digit of their times', () => {
    const one = '{"id":"a","timestamp":1795728937229308204,"x":[{"data":[1]},"]}"]}';
    const page = `{"page":{"total":2},"data":[${one}, {"id":"b \\" ,["}],"data2":[3]}`;
    const texts = elements(page, 'data');
    expect(texts).toEqual([one, '{"id":"b \\" ,["}']);
    expect(json(texts)).toContain('1795728937229308204');
    expect(JSON.parse(json(texts))).toHaveLength(2);
    expect(elements('{"data":[]}', 'data')).toEqual([]);
    expect(JSON.parse(json([]))).toEqual([]);
  });
});

describe('the sentence of an event', () => {
  it('names who ran what where, and the way in', () => {
    expect(said(event(), 'en')).toBe('root ran sh with a terminal in shop (docker exec)');
    expect(said(event(), 'ja')).toBe(
      'rootがshopの中でshを端末付きで実行しました(docker exec 経由)',
    );
  });

  it('of drift says why the program is drift, and whether it ran', () => {
    const drift = event(
      { engine: 'drift', actions: [done('drift_prevented', 'done')] },
      { 'drift.file': '/tmp/xmrig', 'drift.reason': 'added' },
    );
    expect(said(drift, 'en')).toBe(
      'root tried to run /tmp/xmrig, a program added after the container started, in shop',
    );
  });

  it('of a write names the file', () => {
    const written = event({}, { 'fd.name': '/tmp/kinsing', 'proc.name': 'touch' });
    written.content.ruleName = 'Malicious filenames written';
    expect(said(written, 'en')).toBe('root wrote /tmp/kinsing with touch in shop (docker exec)');
  });

  it('knows the way in by the shim, whose starter may be gone', () => {
    const shim = (namespace: string) => [
      { name: 'sh', container: 'c1' },
      { name: 'runc', cmdline: 'runc --root /x exec --process p', container: 'host' },
      {
        name: 'containerd-shim',
        cmdline: `containerd-shim -namespace ${namespace} -id x`,
        container: 'host',
      },
    ];
    expect(door(shim('moby'))).toBe('docker exec');
    expect(door(shim('k8s.io'))).toBe('kubectl exec');
    expect(door(shim('other'))).toBe('exec');
  });

  it('takes a container that runs its own program for no door', () => {
    expect(
      door([
        { name: 'nginx', container: 'c1' },
        { name: 'containerd-shim', cmdline: 'containerd-shim -id x', container: 'host' },
      ]),
    ).toBe('');
    expect(door([{ name: 'bash', container: 'host' }])).toBe('');
  });
});

describe('what came of an event', () => {
  it('is detected when nothing was to be done', () => {
    expect(outcomes(event())).toEqual([{ outcome: 'detected' }]);
  });

  it('is what was done, would have been, or was not', () => {
    const of = (type: string, status: string) =>
      outcomes(event({ actions: [done(type, status)] }))[0];
    expect(of('process_killed', 'done')?.outcome).toBe('killed');
    expect(of('exec_prevented', 'done')?.outcome).toBe('prevented');
    expect(of('container_paused', 'done')?.outcome).toBe('contained');
    expect(of('process_killed', 'monitored')).toMatchObject({
      outcome: 'wouldHave',
      meant: 'killed',
    });
    expect(of('drift_prevented', 'refused')).toMatchObject({
      outcome: 'failed',
      meant: 'prevented',
    });
  });
});

describe('the address of a view', () => {
  it('gives the view back', () => {
    const view = {
      filter: 'a = "x&y"',
      last: 3600,
      fromMs: 0,
      toMs: 0,
      group: 'ruleName',
      event: '0a',
    };
    expect(parse(address(view).split('?')[1] ?? '')).toEqual(view);
    const zoomed = { ...view, last: 0, fromMs: 1000, toMs: 2000 };
    expect(parse(address(zoomed).split('?')[1] ?? '')).toEqual(zoomed);
  });

  it('without anything is the last day, up to now', () => {
    const view = parse('');
    expect(stretch(view, 100_000_000)).toEqual({ fromMs: 13_600_000, toMs: 100_000_000 });
    expect(parse('last=x&from=-').last).toBe(86_400);
  });
});

describe('the histogram', () => {
  it('counts by level in widths that people count in', () => {
    expect(widthMs(86_400_000, 96)).toBe(900_000);
    expect(widthMs(1000, 96)).toBe(1000);
    const [bin] = bins([{ from: 5e9, counts: { '0': 1, '3': 2, '7': 4 } }], 0, 10_000, 1000, (v) =>
      level(Number(v)),
    );
    expect(bin).toMatchObject({ fromMs: 5000, total: 7, counts: { high: 3, info: 4 } });
  });
});

describe('an export', () => {
  it('has no cell that a spreadsheet would run', () => {
    expect(cell('=cmd|x')).toBe("'=cmd|x");
    expect(cell('a "b", c')).toBe('"a ""b"", c"');
    expect(cell(undefined)).toBe('');
  });

  it('has a line an event', () => {
    const lines = csv([event({}, { 'proc.cmdline': '@x\ny' })]).split('\r\n');
    expect(lines[0]).toContain('time,severity,policy,rule');
    expect(lines[1]).toContain('"\'@x\ny"');
  });
});

describe('a proposed exception', () => {
  it('is as narrow as the event, and expires', () => {
    const of = event({ labels: { 'container.image.repo': 'shop/nginx' } }, { 'fd.name': '/a "b"' });
    const exception = proposed(of, 'alice', new Date('2026-11-26T00:00:00Z'));
    expect(exception).toMatchObject({
      rules: ['Terminal shell in container'],
      scope: 'container.image.repository = "shop/nginx"',
      when: 'proc.name = "sh" and fd.name = "/a \\"b\\"" and user.name = "root"',
      expires: '2027-02-24',
    });
    expect(bodyOf({ ...exception, scope: '', rules: [] })).not.toHaveProperty('scope');
  });
});
