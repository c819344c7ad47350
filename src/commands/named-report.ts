import { reportId } from '../model/ids.ts';
import type { Report } from '../model/report.ts';
import type { CommandStore } from './ports.ts';

type ReportFinder = Pick<CommandStore, 'report' | 'reportsAt' | 'reportsLike'>;

export type NamedReport =
  | { readonly kind: 'found'; readonly report: Report }
  /** Several reports bear the name: which one? */
  | { readonly kind: 'several'; readonly choices: readonly Report[] }
  /** `newest`: the reports that came last, which it may have been. */
  | { readonly kind: 'unknown'; readonly newest: readonly Report[] };

const CHOICES = 5;
/** Shorter beginnings of an id name too many reports to be meant. */
const LEAST_PREFIX = 6;

/** An address as people copy it: with the other scheme, with or without the last slash, without what follows the #. */
export function addressesOf(typed: string): readonly string[] {
  const url = URL.parse(typed.trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return [];
  const [bare = ''] = url.href.split('#');
  const slashed = [url.href, bare, bare.endsWith('/') ? bare.slice(0, -1) : `${bare}/`];
  const schemes = slashed.flatMap((one) => [
    one.replace(/^https?:/, 'https:'),
    one.replace(/^https?:/, 'http:'),
  ]);
  return [...new Set([typed.trim(), ...schemes])];
}

const sourceOf = ({ source, outlet }: Report): string => `${source}\n${outlet}`;

/** A report by its id, the beginning of its id, or its address; of a publisher's texts at one address the newest. */
export async function findReport(typed: string, store: ReportFinder): Promise<NamedReport> {
  const name = typed.trim();
  const exact = await store.report(reportId(name));
  if (exact) return { kind: 'found', report: exact };
  const addresses = addressesOf(name);
  const at = addresses.length > 0 ? await store.reportsAt(addresses, 50) : [];
  const newestOfEach = [...new Map(at.toReversed().map((one) => [sourceOf(one), one])).values()];
  const begun =
    addresses.length === 0 && name.length >= LEAST_PREFIX ? await store.reportsLike(name, CHOICES) : [];
  const [first, ...others] = [...newestOfEach, ...begun];
  if (!first) return { kind: 'unknown', newest: await store.reportsLike('', CHOICES) };
  return others.length === 0
    ? { kind: 'found', report: first }
    : { kind: 'several', choices: [first, ...others] };
}
