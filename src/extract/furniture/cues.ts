/** How far a piece of page furniture reaches from its cue. */
export type Reach =
  /** The cue alone. */
  | 'cue'
  /** To the end of the sentence. */
  | 'sentence'
  /** To the end of the text. */
  | 'text';

export interface Cue {
  readonly label: string;
  readonly reach: Reach;
  /** The cue's first word has a capital in the text: "Tags", not "price tags". */
  readonly capital?: true;
  /** Only in the last third of the text. */
  readonly tail?: true;
}

const cue = (label: string, reach: Reach, options: Omit<Cue, 'label' | 'reach'> = {}): Cue => ({
  label,
  reach,
  ...options,
});

/** Page furniture of news sites by the words it starts with, as token norms. */
export const CUES: readonly (readonly [string, Cue])[] = [
  ['read more', cue('read-more', 'sentence', { capital: true })],
  ['read also', cue('read-more', 'sentence', { capital: true })],
  ['also read', cue('read-more', 'sentence', { capital: true })],
  ['see also', cue('read-more', 'sentence', { capital: true })],
  ['related :', cue('related', 'sentence', { capital: true })],
  ['read :', cue('read-more', 'sentence', { capital: true })],
  ['watch :', cue('related', 'sentence', { capital: true })],
  ['listen :', cue('related', 'sentence', { capital: true })],
  ['opinion :', cue('related', 'sentence', { capital: true })],
  ['explainer :', cue('related', 'sentence', { capital: true })],
  ['in pictures :', cue('related', 'sentence', { capital: true })],
  ['recommended :', cue('related', 'sentence', { capital: true })],
  ['related articles', cue('related', 'sentence', { capital: true })],
  ['related stories', cue('related', 'sentence', { capital: true })],
  ['related news', cue('related', 'sentence', { capital: true })],
  ['related coverage', cue('related', 'sentence', { capital: true })],
  ['you may also like', cue('related', 'sentence', { capital: true })],
  ['most read', cue('related', 'sentence', { capital: true })],
  ['get short url', cue('share', 'cue')],
  ['print tweet views', cue('share', 'cue', { capital: true })],
  ['share this', cue('share', 'sentence', { capital: true })],
  ['share on', cue('share', 'sentence', { capital: true })],
  ['follow us', cue('share', 'sentence', { capital: true })],
  ['click here', cue('share', 'sentence', { capital: true })],
  ['sign up', cue('share', 'sentence', { capital: true, tail: true })],
  ['subscribe to', cue('share', 'sentence', { capital: true, tail: true })],
  ['download our app', cue('share', 'sentence', { capital: true })],
  ['all rights reserved', cue('copyright', 'sentence')],
  ['community standards', cue('comments', 'text', { capital: true, tail: true })],
  ['community standardsdiscussion', cue('comments', 'text', { capital: true, tail: true })],
  ['comment via', cue('comments', 'text', { capital: true, tail: true })],
  ['comments policy', cue('comments', 'text', { capital: true })],
  ['comment policy', cue('comments', 'text', { capital: true })],
  ['leave a comment', cue('comments', 'text', { capital: true, tail: true })],
  ['our standards', cue('credits', 'text', { capital: true, tail: true })],
  ['reporting by', cue('credits', 'sentence', { capital: true })],
  ['additional reporting by', cue('credits', 'sentence', { capital: true })],
  ['writing by', cue('credits', 'sentence', { capital: true, tail: true })],
  ['editing by', cue('credits', 'sentence', { capital: true, tail: true })],
  ['agencies contributed to', cue('credits', 'sentence', { capital: true, tail: true })],
  ['last update', cue('dateline', 'sentence', { capital: true, tail: true })],
  ['warning graphic content', cue('warning', 'sentence', { capital: true })],
  ['moreimage', cue('share', 'sentence')],
  ['advertisement', cue('advertisement', 'cue', { capital: true })],
];

/** News agencies and picture services that stand in datelines, credits and captions, as token norms. */
export const AGENCIES: ReadonlySet<string> = new Set(
  'afp ap reuters sputnik sana xinhua tass ria dpa efe anadolu aa irna fna upi interfax getty ani wafa petra spa kuna ansa itar novosti'.split(
    ' ',
  ),
);

/** Who a caption's credit names beside the agencies. */
export const CREDIT_WORDS: ReadonlySet<string> = new Set([
  ...AGENCIES,
  ...'photo photos file archive archives image images and agencies world trt via handout courtesy epa images stringer social media'.split(
    ' ',
  ),
]);

/** Verbs and nouns of captions: "A man walks past …", "Smoke rises …", "A picture taken on …". */
export const CAPTION_WORDS: ReadonlySet<string> = new Set(
  'photo picture image photograph seen pictured walk walks stand stands sit sits run runs inspect inspects look looks gesture gestures carry carries hold holds ride rides drive drives rise rises billow billows receive receives breathe breathes gets shakes waits wait gather prepare help helps shows show'.split(
    ' ',
  ),
);

export const REPORTING_WORDS: ReadonlySet<string> = new Set(
  'said says say told reported reports according announced confirmed added claimed stated'.split(' '),
);

/** Capitalised words that open a sentence, where lost punctuation has run a heading or a list into it. */
export const OPENERS: ReadonlySet<string> = new Set(
  'a an the at more about around over nearly dozens scores hundreds thousands another several some meanwhile earlier later according'.split(
    ' ',
  ),
);
