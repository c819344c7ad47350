import type { lookup } from 'node:dns';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress, publicLookup, urlProblem } from '../../../src/sources/feeds/address.ts';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '::ffff:8.8.8.8', '2606:4700:4700::1111', '2a00:1450::1'])(
    'takes %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['this machine', ['127.0.0.1', '127.9.9.9', '::1', '0.0.0.0', '0.1.2.3', '::']],
    [
      'private networks',
      ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd00::1', 'fec0::1'],
    ],
    ['the link', ['169.254.0.1', 'fe80::1']],
    ['a provider’s own network', ['100.64.0.1', '100.127.255.255']],
    ['clouds’ platforms', ['169.254.169.254', '168.63.129.16', 'fd00:ec2::254']],
    ['many at once', ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1']],
    [
      'nobody',
      ['192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '240.0.0.1', '2001:db8::1', '100::1'],
    ],
    [
      'IPv4 in IPv6',
      ['::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe'],
    ],
    ['tunnels', ['64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:7f00:1::']],
    ['no address', ['', 'localhost', '127.1', '0x7f000001', '2130706433', '1.2.3.4.5', '1.2.3']],
  ])('refuses %s', (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it('judges an IPv4 address alike in either dress', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
      }),
    );
  });
});

describe('urlProblem', () => {
  it.each([
    'https://wire.example/rss',
    'http://wire.example:8080/',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
  ])('takes %s', (url) => expect(urlProblem(new URL(url))).toBeUndefined());

  it.each([
    ['file:///etc/passwd', 'only http and https'],
    ['ftp://wire.example/', 'only http and https'],
    ['https://user:pass@wire.example/', 'user name or password'],
    ['http://wire.example:6379/', 'port 6379'],
    ['http://127.0.0.1/', '127.0.0.1 is not a public address'],
    ['http://127.1/', '127.0.0.1 is not a public address'],
    ['http://2130706433/', '127.0.0.1 is not a public address'],
    ['http://0x7f.1/', '127.0.0.1 is not a public address'],
    ['http://0177.0.0.1/', '127.0.0.1 is not a public address'],
    ['http://[::1]/', '::1 is not a public address'],
    ['http://[::ffff:127.0.0.1]/', 'is not a public address'],
    ['http://169.254.169.254/latest/meta-data', '169.254.169.254 is not a public address'],
  ])('refuses %s', (url, why) => expect(urlProblem(new URL(url))).toContain(why));
});

describe('publicLookup', () => {
  const answering = (...addresses: readonly string[]): typeof lookup =>
    ((_host: string, _options: object, callback: (error: null, found: object[]) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as unknown as typeof lookup;
  const look = (resolve: typeof lookup, all: boolean) =>
    promisify((host: string, callback: (error: Error | null, found?: unknown) => void) =>
      publicLookup(resolve)(host, { all }, (error, found) => callback(error, found)),
    )('wire.example');

  it('yields public addresses only', async () => {
    const mixed = answering('127.0.0.1', '8.8.8.8', '::1', '2606:4700::1111');
    expect(await look(mixed, true)).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
    expect(await look(mixed, false)).toBe('8.8.8.8');
  });

  it.each([true, false])('fails when none is public (all: %s)', async (all) => {
    await expect(look(answering('127.0.0.1', '10.0.0.1'), all)).rejects.toThrow(
      'wire.example leads to no public address',
    );
    await expect(look(answering(), all)).rejects.toThrow('no public address');
  });
});
