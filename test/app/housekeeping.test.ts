import { expect, it } from 'vitest';
import { keepHouse } from '../../src/app/housekeeping.ts';
import { openLog } from '../../src/app/log.ts';
import { newReport, openFresh } from '../store/harness.ts';

it('throws away answers to signed messages that are older than thirty days, at the start', async () => {
  const { store, clock } = await openFresh();
  const send = (id: string) => store.acceptMessage({ id, digest: 'aa' }, newReport(id));
  clock.set('2018-04-19T00:00:00Z');
  await send('msg_31_days');
  clock.set('2018-04-21T00:00:00Z');
  await send('msg_29_days');
  clock.set('2018-05-20T00:00:00Z');
  await keepHouse({ store, clock: clock.read, log: openLog('silent') }).stop();
  expect((await send('msg_29_days')).kind).toBe('replayed');
  expect((await send('msg_31_days')).kind).toBe('first');
  await store.close();
});
