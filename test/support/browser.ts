import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Debian's Chromium (`apt-get install chromium`): no browser is downloaded by npm. */
const CHROMIUM = '/usr/bin/chromium';

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why browser tests cannot run here; undefined when they can. Printed, so that a skip is seen. */
export function noBrowser(): string | undefined {
  if (existsSync(CHROMIUM)) return undefined;
  const reason = `skipped: there is no ${CHROMIUM}; apt-get install chromium`;
  console.warn(`Browser tests ${reason}`);
  return reason;
}

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ARGS });
