import winkNLP from 'wink-nlp';
import model from 'wink-eng-lite-web-model';
import { loadKnowledge } from '../../src/config/knowledge.ts';
import { extract } from '../../src/extract/extract.ts';
import { instant } from '../../src/model/time.ts';
import { root } from '../step.ts';
import { benchTexts, quantile, round } from './corpus.ts';

const ROUNDS = 5;

function perSecond(texts: readonly string[], read: (text: string) => unknown): number {
  const started = performance.now();
  for (const text of texts) read(text);
  return (texts.length * 1000) / (performance.now() - started);
}

const megabytes = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_048_576;
};

/** Our engine against wink-nlp's full pipeline on the same texts, in turn; and what the loaded engine takes. */
export async function benchExtraction() {
  const before = megabytes();
  const loading = performance.now();
  const knowledge = await loadKnowledge(root);
  const loadMs = performance.now() - loading;
  const engineMegabytes = megabytes() - before;
  const { from, texts } = benchTexts();
  const wink = winkNLP(model);
  const published = instant('2017-01-01');
  const ours = (text: string) => extract({ body: text, published, language: 'en' }, knowledge);
  const theirs = (text: string) => wink.readDoc(text);
  perSecond(texts, ours);
  perSecond(texts, theirs);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: perSecond(texts, ours),
    theirs: perSecond(texts, theirs),
  }));
  const slowest = Math.max(
    ...texts.map((text) => {
      const started = performance.now();
      ours(text);
      return performance.now() - started;
    }),
  );
  const megabyte =
    'The rebels took the town of Saraqib in Idlib province on Monday, a monitoring group said. '.repeat(
      11_800,
    );
  const long = performance.now();
  ours(megabyte);
  return {
    texts: `${texts.length} ${from}`,
    reportsPerSecond: round(
      quantile(
        rounds.map((one) => one.ours),
        0.5,
      ),
      1,
    ),
    winkReportsPerSecond: round(
      quantile(
        rounds.map((one) => one.theirs),
        0.5,
      ),
      1,
    ),
    ratio: round(
      quantile(
        rounds.map((one) => one.ours / one.theirs),
        0.5,
      ),
    ),
    slowestTextMs: round(slowest, 1),
    oneMegabyteMs: round(performance.now() - long, 0),
    loadMs: round(loadMs, 0),
    engineMegabytes: round(engineMegabytes, 0),
  };
}
