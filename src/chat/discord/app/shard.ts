// One shard of many, in a process of its own that ShardingManager starts, with the address of the API as its argument. It
// forwards what it hears and does nothing else. Token and shard numbers come from discord.js, by the environment.
import { gatewayClient, HEARD } from './gateway.ts';
import type { Forwarded } from './shard-message.ts';

const client = gatewayClient(process.argv[2] ?? '');
for (const event of HEARD)
  client.ws.on(event, (data: unknown) => {
    process.send?.({ kind: 'dispatch', event, data } satisfies Forwarded);
  });
process.once('disconnect', () => void client.destroy());
await client.login();
