import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import winkNLP from 'wink-nlp';
import model from 'wink-eng-lite-web-model';
import { loadKnowledge } from '../../src/config/knowledge.ts';
import { extract } from '../../src/extract/extract.ts';
import { instant } from '../../src/model/time.ts';
import { root } from '../step.ts';
import { benchTexts, quantile, round } from './corpus.ts';
import type { Result } from './measure.ts';

/** Texts of the comparison; all that there are go into the search for the slowest. */
const COMPARED = 200;
/** Both engines get faster for some rounds, until their code is compiled: a bot that runs for months is past that. */
const WARM_UP = 8;
const ROUNDS = 9;
const TRIES = 3;

const SENTENCE = 'The rebels took the town of Saraqib in Idlib province on Monday, a monitoring group said. ';
/** Repetitions that make a text of a million characters. */
const MEGABYTE = 11_200;

function msFor(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is in use once all that is not has been collected, with what lies outside the heap. */
const megabytes = (): number => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_048_576;
};

/** The quickest of some tries: what else the machine does only adds to it. */
const atBest = (work: () => unknown): number => Math.min(...Array.from({ length: TRIES }, () => msFor(work)));

/** Our engine against wink-nlp's full pipeline on the same texts, in turn; and what the loaded engine takes. */
export async function benchExtraction(): Promise<Result> {
  const before = megabytes();
  const loading = performance.now();
  const knowledge = await loadKnowledge(root);
  const loadMs = performance.now() - loading;
  const engineMegabytes = megabytes() - before;
  const { from, texts } = benchTexts();
  const compared = texts.slice(0, COMPARED);
  const wink = winkNLP(model);
  const published = instant('2017-01-01');
  const ours = (text: string) => extract({ body: text, published, language: 'en' }, knowledge);
  const all = (read: (text: string) => unknown) => () => {
    for (const text of compared) read(text);
  };
  const oneRound = () => ({ ours: msFor(all(ours)), theirs: msFor(all((text) => wink.readDoc(text))) });
  for (let warm = 0; warm < WARM_UP; warm += 1) oneRound();
  const rounds = Array.from({ length: ROUNDS }, oneRound);
  const middle = (of: (one: { ours: number; theirs: number }) => number): number =>
    quantile(rounds.map(of), 0.5);
  const slowest = Math.max(...texts.map((text) => atBest(() => ours(text))));
  const oneMegabyteMs = atBest(() => ours(SENTENCE.repeat(MEGABYTE)));
  const tenthMs = atBest(() => ours(SENTENCE.repeat(MEGABYTE / 10)));
  const perSecond = (ms: number): number => round((compared.length * 1000) / ms, 1);
  return {
    measures: [
      {
        what: 'reports read per second / wink-nlp',
        value: round(middle((one) => one.theirs / one.ours)),
        floor: 0.5,
        aim: 2,
        better: 'higher',
      },
      { what: 'slowest text', value: round(slowest, 1), unit: 'ms', floor: 50, better: 'lower' },
      { what: '1 MB of text', value: round(oneMegabyteMs, 0), unit: 'ms', floor: 2000, better: 'lower' },
      {
        what: '1 MB / 100 KB of text (10: linear)',
        value: round(oneMegabyteMs / tenthMs, 1),
        floor: 15,
        better: 'lower',
      },
    ],
    numbers: {
      texts: `${texts.length} ${from}`,
      reportsPerSecond: perSecond(middle((one) => one.ours)),
      winkReportsPerSecond: perSecond(middle((one) => one.theirs)),
      places: knowledge.gazetteer.size,
      loadMs: round(loadMs, 0),
      engineMegabytes: round(engineMegabytes, 0),
    },
  };
}
