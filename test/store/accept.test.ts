import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportId } from '../../src/model/ids.ts';
import { instant } from '../../src/model/time.ts';
import { newReport, openAgain, openFresh, statement, type Opened } from './harness.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.store.close());

describe('accepting', () => {
  it('keeps a report as it came, with the time of acceptance', async () => {
    const { store, clock } = opened;
    const input = newReport('whole', {
      report: { ...newReport('whole').report, url: 'https://wire.example/1', title: 'A title' },
      guid: 'guid-1',
    });
    expect(await store.accept(input)).toEqual({ kind: 'accepted', report: input.report.id });
    expect(await store.report(input.report.id)).toEqual({ ...input.report, accepted: clock.now });
    expect(await store.reportState(input.report.id)).toBe('accepted');
  });

  it('answers the same report with `already` and changes nothing', async () => {
    const { store, clock } = opened;
    const input = newReport('twice');
    const first = clock.now;
    await store.accept(input);
    clock.set('2018-05-20T07:00:00Z');
    expect(await store.accept(input)).toEqual({ kind: 'already', report: input.report.id });
    expect((await store.report(input.report.id))?.accepted).toBe(first);
  });

  it('keeps the same text under another id as a duplicate of the first', async () => {
    const { store } = opened;
    const first = newReport('text');
    const copy = newReport('text-copy', { fingerprint: first.fingerprint });
    await store.accept(first);
    expect(await store.accept(copy)).toEqual({
      kind: 'duplicate',
      report: copy.report.id,
      duplicateOf: first.report.id,
    });
    expect(await store.reportState(copy.report.id)).toBe('duplicate');
    expect(await store.unread(copy.report.id)).toBeUndefined();
  });

  it('of many at once with one text accepts one, over two processes', async () => {
    const { store, clock, connectionString } = opened;
    const other = await openAgain(connectionString, clock);
    const inputs = Array.from({ length: 12 }, (_, index) =>
      newReport(`race-${index}`, { fingerprint: 'one text for all' }),
    );
    const answers = await Promise.all(
      inputs.map((input, index) => (index % 2 === 0 ? store : other).accept(input)),
    );
    await other.close();
    const accepted = answers.filter((answer) => answer.kind === 'accepted');
    expect(accepted).toHaveLength(1);
    expect(answers.filter((answer) => answer.kind === 'duplicate')).toHaveLength(11);
    expect(new Set(answers.map((answer) => answer.duplicateOf ?? answer.report))).toEqual(
      new Set([accepted[0]!.report]),
    );
  });

  it('of many at once with one id keeps one row', async () => {
    const { store } = opened;
    const input = newReport('same-id');
    const answers = await Promise.all(Array.from({ length: 8 }, () => store.accept(input)));
    expect(answers.map((answer) => answer.kind).sort()).toEqual([
      'accepted',
      ...Array<string>(7).fill('already'),
    ]);
  });

  it('keeps a baseline report without anything to be done for it', async () => {
    const { store } = opened;
    const input = newReport('baseline', { baseline: true });
    expect((await store.accept(input)).kind).toBe('accepted');
    expect(await store.reportState(input.report.id)).toBe('baseline');
    const again = newReport('baseline-copy', { fingerprint: input.fingerprint });
    expect((await store.accept(again)).kind).toBe('duplicate');
  });

  it('keeps text that Postgres cannot hold, at the same length', async () => {
    const { store } = opened;
    const body = 'zero \0, half \ud83d, whole 😀 and Arabic حجين';
    const input = newReport('odd');
    await store.accept({ ...input, report: { ...input.report, body } });
    const kept = (await store.report(input.report.id))?.body;
    expect(kept).toBe('zero \uFFFD, half \uFFFD, whole 😀 and Arabic حجين');
    expect(kept).toHaveLength(body.length);
  });
});

describe('a signed message', () => {
  it('is accepted once, and a replay gets the first answer', async () => {
    const { store } = opened;
    const input = newReport('signed');
    const signed = { id: 'msg_1', digest: 'aa' };
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => store.acceptMessage(signed, input)));
    const answer = { kind: 'accepted', report: input.report.id };
    expect(outcomes.filter((outcome) => outcome.kind === 'first')).toEqual([{ kind: 'first', answer }]);
    expect(outcomes.filter((outcome) => outcome.kind === 'replayed')).toEqual(
      Array(4).fill({ kind: 'replayed', answer }),
    );
  });

  it('with the id of another body is told apart, and nothing is kept of it', async () => {
    const { store } = opened;
    await store.acceptMessage({ id: 'msg_2', digest: 'aa' }, newReport('signed-2'));
    const other = newReport('signed-3');
    expect(await store.acceptMessage({ id: 'msg_2', digest: 'bb' }, other)).toEqual({ kind: 'other_body' });
    expect(await store.report(other.report.id)).toBeUndefined();
  });
});

describe('old answers to signed messages', () => {
  it('are forgotten, newer ones are kept', async () => {
    const { store, clock } = opened;
    clock.set('2018-04-01T00:00:00Z');
    const old = newReport('signed-old');
    await store.acceptMessage({ id: 'msg_old', digest: 'aa' }, old);
    clock.set('2018-05-20T07:30:00Z');
    await store.acceptMessage({ id: 'msg_new', digest: 'aa' }, newReport('signed-new'));
    expect(await store.forgetMessages(instant('2018-05-01T00:00:00Z'))).toBe(1);
    const replay = (id: string) => store.acceptMessage({ id, digest: 'aa' }, old);
    expect((await replay('msg_new')).kind).toBe('replayed');
    expect(await replay('msg_old')).toMatchObject({ kind: 'first', answer: { kind: 'already' } });
  });
});

describe('reading', () => {
  it('is committed once, with statements in text order', async () => {
    const { store, connectionString } = opened;
    const { report } = await store.accept(newReport('read'));
    const found = [statement({ rule: 'first' }), statement({ rule: 'second' })];
    expect(await store.commitRead(report, found, 'v1')).toBe(true);
    expect(await store.commitRead(report, [statement({ rule: 'third' })], 'v2')).toBe(false);
    expect(await store.reportState(report)).toBe('read');
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query<{ id: string; rule: string }>(
      `select id, document->>'rule' as rule from statements where report = $1 order by ordinal`,
      [report],
    );
    await client.end();
    expect(rows).toEqual([
      { id: `${report}.0`, rule: 'first' },
      { id: `${report}.1`, rule: 'second' },
    ]);
  });

  it('is tried again after a failure, quarantined after the last, and can be put back', async () => {
    const { store, clock } = opened;
    clock.set('2018-05-20T08:00:00Z');
    const { report } = await store.accept(newReport('poison'));
    const policy = { maxTries: 2, delayMs: 60_000 };
    expect(await store.failRead(report, new Error('cannot read this'), policy)).toBe('retrying');
    expect(await store.unread(report)).toMatchObject({ tries: 1, dueAt: instant('2018-05-20T08:01:00Z') });
    expect(await store.failRead(report, new Error('cannot read this'), policy)).toBe('quarantined');
    expect(await store.unread(report)).toBeUndefined();
    expect(await store.quarantined()).toMatchObject([
      { report: { id: report }, error: 'cannot read this', tries: 2 },
    ]);
    expect(await store.failRead(report, new Error('again'), policy)).toBe('unchanged');
    expect(await store.requeue(report)).toBe(true);
    expect(await store.requeue(report)).toBe(false);
    expect(await store.unread(report)).toMatchObject({ tries: 0 });
    expect(await store.quarantined()).toEqual([]);
  });

  it('of a report that is not there changes nothing', async () => {
    const { store } = opened;
    const id = reportId('r_nowhere');
    expect(await store.commitRead(id, [statement()], 'v1')).toBe(false);
    expect(await store.failRead(id, new Error('x'), { maxTries: 1, delayMs: 0 })).toBe('unchanged');
    expect(await store.requeue(id)).toBe(false);
  });
});

describe('a report that ends the processes that read it', () => {
  const policy = { maxTries: 3 };
  const accepted = async (name: string) => (await opened.store.accept(newReport(name))).report;

  it('is quarantined after as many deaths as tries, and starts afresh when it is put back', async () => {
    const { store } = opened;
    const report = await accepted('deadly');
    expect(await store.unread(report)).toMatchObject({ suspect: false });
    for (const reader of ['first', 'second', 'third'])
      expect(await store.beginRead(report, reader, policy)).toBe('begun');
    expect(await store.unread(report)).toMatchObject({ suspect: true });
    expect(await store.beginRead(report, 'fourth', policy)).toBe('quarantined');
    expect(await store.beginRead(report, 'fifth', policy)).toBe('unchanged');
    expect(await store.quarantined()).toMatchObject([
      { report: { id: report }, tries: 3, error: expect.stringContaining('memory') as string },
    ]);
    expect(await store.requeue(report)).toBe(true);
    expect(await store.unread(report)).toMatchObject({ suspect: false, tries: 0 });
    expect(await store.beginRead(report, 'sixth', policy)).toBe('begun');
  });

  it('is told from one whose reader lives, or came to an end', async () => {
    const { store } = opened;
    const again = await accepted('read twice by one');
    for (let round = 0; round < 5; round += 1)
      expect(await store.beginRead(again, 'the same', policy)).toBe('begun');
    const failing = await accepted('fails');
    for (const reader of ['first', 'second', 'third', 'fourth', 'fifth']) {
      expect(await store.beginRead(failing, reader, policy)).toBe('begun');
      await store.failRead(failing, new Error('no'), { maxTries: 9, delayMs: 0 });
    }
    expect(await store.unread(failing)).toMatchObject({ suspect: false, tries: 5 });
  });
});

describe('feeds', () => {
  it('keep their state between polls', async () => {
    const { store } = opened;
    const id = newReport('x').report.source;
    expect(await store.feed(id)).toBeUndefined();
    const first = {
      url: 'https://wire.example/feed',
      baselineDone: false,
      failures: 1,
      lastError: 'no answer',
    };
    await store.saveFeed(id, first);
    expect(await store.feed(id)).toEqual(first);
    const second = {
      url: first.url,
      etag: '"1"',
      lastModified: 'Sun, 20 May 2018 05:00:00 GMT',
      baselineDone: true,
      failures: 0,
      lastOk: instant('2018-05-20T06:00:00Z'),
      nextAt: instant('2018-05-20T06:10:00Z'),
    };
    await store.saveFeed(id, second);
    expect(await store.feed(id)).toEqual(second);
  });
});
