#!/usr/bin/env node
// Starts a script of the project under the project's own Node, after making sure that what it needs is installed.
// Plain JavaScript and no imports from node_modules: it runs under whatever Node the machine has, before anything
// is installed. Everything it says goes to stderr, so that `npm run --silent sitrep -- extract` keeps stdout clean.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
// The absolute path: a shell, and `env`, may have the old `node` cached.
const ownNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const stamp = join(root, 'node_modules', '.sitrep-installed');

function lockDigest() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function installedDigest() {
  return existsSync(stamp) && existsSync(ownNode) ? readFileSync(stamp, 'utf8') : '';
}

function install() {
  process.stderr.write(
    'Setting up: installing the packages of package-lock.json (about half a minute, once) …\n',
  );
  const started = Date.now();
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // Not `npm ci`: it refuses a lock file in which an optional package for another platform is missing, and lock files
  // made where the registry lacks one are like that. `install --no-save` takes the locked versions and writes nothing.
  const result = spawnSync(
    command,
    [...first, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
    },
  );
  if (result.status !== 0) {
    process.stderr.write(
      'Setting up failed: `npm install` did not finish. Its own message is above; check that this machine reaches the npm registry, then run the same command again.\n',
    );
    process.exit(1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lockDigest());
  process.stderr.write(`Setting up: packages installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

// Fetching the dependencies is left to the image build in a container, where the tree is read-only.
if (process.env.SITREP_SKIP_INSTALL !== '1' && installedDigest() !== lockDigest()) install();

const [script, ...args] = process.argv.slice(2);
if (!script) {
  process.stderr.write('usage: node scripts/run.mjs SCRIPT [ARGUMENT …]\n');
  process.exit(2);
}
const child = spawn(ownNode, [join(root, script), ...args], {
  stdio: 'inherit',
  // What Node makes of the TypeScript is kept for the next run; where it cannot be, Node goes on without a word.
  env: { NODE_COMPILE_CACHE: join(root, '.cache', 'node'), ...process.env, SITREP_ROOT: root },
});
// Ctrl-C reaches the whole process group by itself; a signal sent to this process alone is handed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => {
  if (!process.stdin.isTTY) child.kill('SIGINT');
});
child.on('exit', (code, signal) => {
  if (signal) process.exit(signal === 'SIGINT' ? 130 : 143);
  process.exit(code ?? 1);
});
