import { afterEach, expect } from 'vitest';
import { destinationId } from '../../../src/model/ids.ts';
import { chatPortContract } from '../../contract/chat-port.contract.ts';
import { openStage, seenIn, type Stage } from './harness.ts';

let stage: Stage | undefined;

afterEach(async () => {
  const breaches = stage?.slack.breaches;
  await stage?.slack.close();
  expect(breaches).toEqual([]);
});

chatPortContract('Slack', async () => {
  const opened = (stage = await openStage());
  const { slack, damascus, patient } = opened;
  return {
    port: patient,
    channel: damascus,
    missing: { ...damascus, id: destinationId('slack:missing'), channel: 'C0NOWHERE0', name: '#nowhere' },
    stray: { channel: damascus.channel, ts: '1400000000.000001' },
    seen: () => seenIn(slack, damascus),
  };
});
