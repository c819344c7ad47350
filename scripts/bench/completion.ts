import { join } from 'node:path';
import { warmUp } from '../../src/app/warm.ts';
import { loadGazetteer } from '../../src/config/gazetteer.ts';
import { seeded } from '../../test/support/samples.ts';
import { root } from '../step.ts';
import { quantile, round } from './corpus.ts';
import type { Result } from './measure.ts';

const NAMES = 400;
const LONGEST = 8;
const CHOICES = 25;

/** Names as people type them, letter by letter, in both scripts: what it costs to say what each could become. */
export async function benchCompletion(): Promise<Result> {
  const gazetteer = loadGazetteer([join(root, 'config', 'gazetteer')]);
  const places = [...gazetteer.places()];
  const random = seeded(11);
  const typed = Array.from({ length: NAMES }, (_, i) => {
    const place = places[Math.floor(random() * places.length)];
    return (i % 2 === 0 ? place?.nameAr : undefined) ?? place?.name ?? '';
  }).flatMap((name) =>
    Array.from({ length: Math.min(LONGEST, name.length) }, (_, length) => name.slice(0, length + 1)),
  );
  const timed = (prefix: string): number => {
    const started = performance.now();
    gazetteer.complete(prefix, CHOICES);
    return performance.now() - started;
  };
  const cold = [timed('d'), timed('دير')];
  const warming = performance.now();
  await warmUp(gazetteer, new AbortController().signal);
  const warmUpMs = performance.now() - warming;
  const times = typed.map(timed);
  return {
    measures: [
      {
        what: 'choices while a place is typed, p99',
        value: round(quantile(times, 0.99)),
        unit: 'ms',
        floor: 50,
        aim: 5,
        better: 'lower',
      },
    ],
    numbers: {
      asked: times.length,
      p50Ms: round(quantile(times, 0.5), 3),
      mostMs: round(Math.max(...times)),
      firstTwoColdMs: cold.map((ms) => round(ms)).join(' and '),
      warmUpMs: round(warmUpMs),
    },
  };
}
