import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';

const FOLDER = join(import.meta.dirname, '..', 'static');
const TYPES = {
  'desk.css': 'text/css; charset=utf-8',
  'desk.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** The desk's own style sheet, script and icon. The pages load nothing else, and nothing from elsewhere. */
export function assetRoutes(): Hono {
  const app = new Hono();
  for (const [name, type] of Object.entries(TYPES)) {
    const content = readFileSync(join(FOLDER, name), 'utf8');
    const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    app.get(`/static/${name}`, (c) => {
      c.header('Cache-Control', 'no-cache');
      c.header('ETag', tag);
      if (c.req.header('if-none-match') === tag) return c.body(null, 304);
      return c.body(content, 200, { 'Content-Type': type });
    });
  }
  return app;
}
