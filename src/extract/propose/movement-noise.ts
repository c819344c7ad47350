import { isLink, type NounPhrase } from '../syntax/chunk.ts';
import { rightSide } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';
import { headIs } from './heads.ts';
import { isForced } from './movement-types.ts';

/** From this many people on, without a place, a figure sums up a whole war. */
const WHOLE_WAR = 500_000;
/** No town or province has as many. */
const WHOLE_COUNTRY = 2_000_000;
/** People that rescuers carry away from a strike: no evacuation of a place. */
const HURT = /^(?:injured|wounded|victims?|casualties|dead|bodies|corpses?)$/;

/** Whether the words of movement tell of none: the war's total, rescue after a blast, people who merely left. */
export const isNoise = (context: Context, proposal: Proposal): boolean =>
  sumsUpWar(context, proposal) ||
  rescues(context, proposal) ||
  strolls(context, proposal) ||
  isTarget(context, proposal) ||
  vaguely(context, proposal) ||
  givesElse(context, proposal) ||
  endsRaid(context, proposal) ||
  isAdjective(context, proposal);

const wordsOf = (context: Context, { span }: Proposal): string[] =>
  context.reading.tokens.slice(span.first, span.last).map((token) => token.norm);

/** "looted the market, then withdrew": raiders go as they came, and held nothing. */
function endsRaid({ sentences }: Context, { rule, sentence, at }: Proposal): boolean {
  if (rule !== 'withdraw-bare') return false;
  const before = sentences[sentence]?.chunks.findLast((chunk, i) => i < at && chunk.kind === 'vg');
  return before?.kind === 'vg' && RAIDS.test(before.lemma);
}

// Also of verbs that the lexicon does not know, by the form in which they stand.
const RAIDS = /^(?:loot|raid|rob|pillag|plunder|ransack|torch|burn|ambush)/;

/** "displaced millions", "half the population has fled": the war's total, no change at a place. */
function sumsUpWar(context: Context, proposal: Proposal): boolean {
  if (proposal.type !== 'displacement') return false;
  const named = proposal.places.some((place) => place.kind !== 'country');
  const count = proposal.people?.low ?? 0;
  const whole = wordsOf(context, proposal).some((word) => /^(?:populations?|millions?)$/.test(word));
  return (
    (count >= WHOLE_WAR || whole) &&
    !(named && /^(?:named|provisional)$/.test(proposal.how) && count < WHOLE_COUNTRY)
  );
}

/** The wounded carried away from a blast; named places on both sides make it an evacuation all the same. */
function rescues(context: Context, proposal: Proposal): boolean {
  if (proposal.type !== 'evacuation' || !/^(?:evacuate|carry)-people$/.test(proposal.rule)) return false;
  if (proposal.places.length > 0) return false;
  return wordsOf(context, proposal).some((word) => HURT.test(word)) || isOnePerson(context, proposal);
}

/** "Girl evacuated": one person, from nowhere that the words give. */
function isOnePerson(context: Context, proposal: Proposal): boolean {
  const { sentence, at, people } = proposal;
  const before = context.sentences[sentence]?.chunks[at - 1];
  if (people !== undefined || before?.kind !== 'np' || before.pronoun) return false;
  const { norm = '' } = context.reading.tokens[before.head] ?? {};
  return /^(?:man|woman|child|girl|boy|baby|soldier|pilot|fighter|resident|patient|person)$/.test(norm);
}

/** "withdrew from several positions", "evacuate people from besieged areas": from somewhere that nobody can place. */
function vaguely(context: Context, { rule, sentence, at, places, people }: Proposal): boolean {
  const clauses = context.sentences[sentence];
  if (places.length > 0 || clauses === undefined) return false;
  if (!/^(?:withdraw-bare|evacuate-people|evacuation-of-people)$/.test(rule)) return false;
  return rightSide(clauses, at, rule === 'evacuate-people').adjuncts.some(
    ({ prep, args }) =>
      (/^(?:from|out of)$/.test(prep) &&
        // "60 families from their homes"
        !args.every((argument) => headIs(context, argument, 'home')) &&
        // "1,000 people were evacuated from the area": the one that the report is about.
        !(people !== undefined && args.every(({ np }) => isOne(context, np)))) ||
      (prep === 'of' && rule === 'withdraw-bare'),
  );
}

const isOne = ({ reading: { tokens } }: Context, np: NounPhrase): boolean =>
  np.definite && !(tokens[np.head]?.norm ?? '').endsWith('s');

/** "a strike on a car carrying civilians from the town": a car that was hit, nobody is taken out. */
function isTarget(context: Context, { rule, sentence, at }: Proposal): boolean {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const [trigger, vehicle, link, strike] = [0, 1, 2, 3].map((back) => chunks[at - back]);
  if (trigger?.kind !== 'vg' || trigger.form !== 'gerund') return false;
  // "a vehicle carrying twelve gunmen was destroyed"
  const main = chunks.find((chunk, i) => i > at && chunk.kind === 'vg' && chunk.form === 'past');
  if (rule === 'vehicles-leave') return main?.kind === 'vg' && main.passive && HITS.test(main.lemma);
  if (rule !== 'carry-people') return false;
  if (vehicle?.kind !== 'np') return false;
  const hit = link?.kind === 'vg' ? link : undefined;
  if (hit !== undefined) return !hit.passive && HITS.test(hit.lemma);
  return (
    isLink(link, 'preposition') &&
    /^(?:on|against)$/.test(link.word) &&
    strike?.kind === 'np' &&
    /^(?:strikes?|airstrikes?|raids?|attacks?)$/.test(context.reading.tokens[strike.head]?.norm ?? '')
  );
}

const HITS = /^(?:hit|strike|target|bomb|attack|shell|destroy)$/;

/** "gave residents three days": where the words do not say out of where, it has to be passage that is given. */
function givesElse(context: Context, { rule, sentence, at }: Proposal): boolean {
  const clauses = context.sentences[sentence];
  if (!/^(?:safe-passage|passage-offered)$/.test(rule) || clauses === undefined) return false;
  const { adjuncts, end } = rightSide(clauses, at, true);
  if (adjuncts.some(({ prep }) => /^(?:from|out of)$/.test(prep))) return false;
  const first = clauses.chunks[at]?.last ?? 0;
  const last = clauses.chunks[end - 1]?.last ?? first;
  return !context.reading.tokens.slice(first, last).some(({ norm }) => norm === 'passage');
}

/** "targeting displaced people", "in displaced families' tents": who they are, not what happened. */
function isAdjective(context: Context, { rule, sentence, at }: Proposal): boolean {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const group = chunks[at];
  if (rule !== 'displace' || group?.kind !== 'vg' || group.last - group.first > 1) return false;
  // "overran the town, displacing 55,000 people"
  if (group.form === 'gerund') return false;
  const before = chunks[at - 1];
  return (
    before === undefined ||
    before.kind === 'vg' ||
    isLink(before, 'preposition', 'comma', 'conjunction', 'relative', 'subordinator', 'complementizer')
  );
}

/** People who merely left somewhere, on no bus and under no deal. */
const strolls = (context: Context, proposal: Proposal): boolean => {
  const { rule, type, how, places, people, toPlaces, verdict } = proposal;
  if (rule !== 'people-leave' || type !== 'displacement') return false;
  // "More than 150,000 people have left the town": a count tells of it where the town was named before.
  const counted = how === 'anaphor' && (people !== undefined || portionOf(context, proposal));
  if (people !== undefined && isForced(context, proposal)) return false;
  if ((how !== 'named' && !counted) || places.length === 0) return true;
  // "were told to leave", "were kept from leaving", "most of the population has left"
  const told = /^(?:open|failed)$/.test(verdict.is) || verdict.negated || portionOf(context, proposal);
  return people === undefined && toPlaces.length === 0 && !told;
};

/** "most of the population", "up to 40 per cent of the residents" */
const portionOf = ({ reading: { tokens, sentences } }: Context, { span, sentence }: Proposal): boolean =>
  tokens
    .slice(Math.max(sentences[sentence]?.first ?? 0, span.first - PORTION_REACH), span.last)
    .some(({ norm }) => PORTION.test(norm));
const PORTION_REACH = 6;

const PORTION =
  /^(?:most|all|half|thirds?|quarters?|percent|cent|majority|entire|whole|remaining|many|nearly|almost)$/;
