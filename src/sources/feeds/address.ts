import { lookup as systemLookup } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Public by number, private by use: Azure's platform address, which answers with a machine's secrets
 * (Microsoft Learn, "What is IP address 168.63.129.16?"). Other clouds' are link-local or unique local.
 */
const PLATFORM = ['168.63.129.16'];
const PORTS = ['', '80', '443', '8080', '8443'];

/** An address that any machine of the internet may be asked at; not one of this machine, this network or this cloud. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  // IPv4 in IPv6's clothes (::ffff:127.0.0.1) is judged as IPv4; tunnels (6to4, Teredo, NAT64) are not "unicast".
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && !PLATFORM.includes(parsed.toString());
}

/** Why an address on the web may not be asked, before any name is resolved. */
export function urlProblem(url: URL): string | undefined {
  const { protocol, port, username, password, hostname } = url;
  if (protocol !== 'http:' && protocol !== 'https:') return `only http and https are asked, not ${protocol}`;
  if (username !== '' || password !== '') return 'it holds a user name or password; take it out';
  if (!PORTS.includes(port)) return `port ${port} is not asked; use 80, 443, 8080 or 8443`;
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) return `${host} is not a public address`;
  return undefined;
}

/** The host's name leads to no public address. */
export class NotPublicError extends Error {
  constructor(host: string) {
    super(`${host} leads to no public address`);
    this.name = 'NotPublicError';
  }
}

/**
 * A look-up that yields public addresses only. The connection is made to what it yields, so that a name which answers
 * differently the second time gains nothing.
 */
export function publicLookup(resolve: typeof systemLookup = systemLookup): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, '');
        return;
      }
      const open = found.filter(({ address }) => isPublicAddress(address));
      const [first] = open;
      if (first === undefined) callback(new NotPublicError(host), '');
      else if (options.all === true) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };
}
