import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const inPage = readFileSync(join(import.meta.dirname, 'accessibility.js'), 'utf8');

/**
 * What a screen reader and a keyboard need of any page, as sentences of what is wrong; empty when all is well. Written
 * for the desk's own pages: landmarks, one main heading, headings that skip no level, names of links, buttons and fields,
 * ids that are there once, links that lead somewhere, and contrast of text (WCAG 2.2, 1.4.3) on its ground.
 */
export const shortcomings = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(inPage);

/** How many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
