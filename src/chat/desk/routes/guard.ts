import ipaddr from 'ipaddr.js';
import type { Context, MiddlewareHandler } from 'hono';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Not `no-referrer`: browsers would then send `Origin: null` with the desk's own forms.
  'Referrer-Policy': 'same-origin',
};

export const headers: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
};

const hostName = (host: string): string =>
  host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();

/**
 * A page of another site can make its own name point to this machine (DNS rebinding) and would then count as the same
 * origin. It cannot do so with an address or with `localhost`, so only those are served.
 */
export function isLocalHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  const name = hostName(host);
  return name === 'localhost' || name.endsWith('.localhost') || ipaddr.isValid(name);
}

const WRONG_HOST =
  'This desk answers to localhost and to addresses only. Open it as http://localhost:PORT, or set desk.exposed: true when a proxy with a login stands before it.\n';

export const localHostsOnly =
  (exposed: boolean): MiddlewareHandler =>
  async (c, next) => {
    if (!exposed && !isLocalHost(c.req.header('host'))) return c.text(WRONG_HOST, 421);
    await next();
    return undefined;
  };

/** Whether the desk's own page sent the request: by Fetch Metadata, and by the Origin header where that is not sent. */
function fromOwnPage(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = c.req.header('origin');
  return origin !== undefined && URL.parse(origin)?.host === c.req.header('host');
}

const FOREIGN =
  'Only the desk’s own pages may do this. Open the desk in the browser and try again; programs use `npm run sitrep --` instead.\n';

export const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!reads && !fromOwnPage(c)) return c.text(FOREIGN, 403);
  await next();
  return undefined;
};
