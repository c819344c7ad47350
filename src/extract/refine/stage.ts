import type { ActorSpan } from '../../model/reading.ts';
import type { Context } from '../propose/context.ts';

/** Descents, not deeds: "the former al-Qaeda affiliate" names nobody who fights here. */
const KIN =
  /^(?:affiliates?|affiliated|offshoots?|splinter|branch|linked|inspired|breakaway|allied|ally|allies)$/;
/** Words for armed people that any side may have. */
const FACELESS =
  /^(?:the )?(?:troops|soldiers|fighters|forces|gunmen|members|units|military|army units|militias?|militiamen|armed (?:men|groups?)|security forces|supporting forces)$/;

/** "tribal mediators", "opposition media": of a side, and nobody who fights. */
const UNARMED =
  /^(?:figures?|politicians?|activists?|mediators?|elders?|dignitaries|media|channels?|outlets?|journalists?|bloggers?|milbloggers?)$/;

export const sentenceOf = (context: Context, span: ActorSpan): number =>
  context.reading.tokens[span.first]?.sentence ?? 0;

const norm = (context: Context, at: number): string => context.reading.tokens[at]?.norm ?? '';

/** Who fights in a report: every mention of a party that acts, holds or is fought, in text order. */
export function fightersIn(context: Context): ActorSpan[] {
  const { ownerAt, tokens } = context.ground;
  const owners = new Set(ownerAt.filter((span): span is ActorSpan => span !== undefined));
  const named = context.reading.marks.filter((mark): mark is ActorSpan => mark.kind === 'actor');
  return [...named, ...owners]
    .filter((span) => {
      const sentence = context.reading.sentences[tokens[span.first]?.sentence ?? 0];
      return (
        span.role !== 'speaker' &&
        span.id !== undefined &&
        span.epithet !== 'backer' &&
        sentence?.furniture === undefined &&
        !isKin(context, span) &&
        !isNamePart(context, span, owners) &&
        !(owners.has(span) && isNationality(context, span)) &&
        !UNARMED.test(norm(context, span.last)) &&
        !isFaceless(context, span)
      );
    })
    .sort((a, b) => a.first - b.first || a.last - b.last);
}

function isKin(context: Context, span: ActorSpan): boolean {
  const after = norm(context, span.last) === '-' ? span.last + 1 : span.last;
  const next = norm(context, after) === 's' ? after + 1 : after;
  if (
    KIN.test(norm(context, next)) ||
    (KIN.test(norm(context, next + 1)) && norm(context, next) === 'syrian')
  )
    return true;
  // "backed by Russia", "allied with", "support from"
  const before = norm(context, span.first - 1) === 'the' ? span.first - 2 : span.first - 1;
  return (
    /^(?:by|with|from|to)$/.test(norm(context, before)) &&
    /^(?:backed|led|including|supported|aided|helped|allied|linked|loyal|ties|support|help|aid|affiliated|coordination|cooperation|alongside)$/.test(
      norm(context, before - 1),
    )
  );
}

const NATION_OF =
  /^(?:fighters?|rebels?|militants?|groups?|militias?|opposition|insurgents?|jihadists?|factions?|civilians?|people|refugees?|residents?|families|citizens?|activists?|towns?|cit(?:y|ies)|villages?|capital)$/;

/** "Syrian fighters", "a Lebanese group": of that country, not of its army. */
function isNationality({ reading: { tokens }, actors }: Context, { id, last }: ActorSpan): boolean {
  const tags = id === undefined ? undefined : actors.get(id)?.tags;
  return (
    (tags?.has('government') === true || tags?.has('state') === true) &&
    NATION_OF.test(tokens[last]?.norm ?? '')
  );
}

/** "Kurdish News Agency": an adjective in a name of something else. */
function isNamePart(
  { reading: { tokens } }: Context,
  span: ActorSpan,
  owners: ReadonlySet<ActorSpan>,
): boolean {
  const next = tokens[span.last];
  const capital = /^\p{Lu}/u;
  return owners.has(span) && capital.test(next?.text ?? '') && capital.test(tokens[span.first]?.text ?? '');
}

function isFaceless(context: Context, span: ActorSpan): boolean {
  if (!span.generic) return false;
  const words = context.reading.tokens.slice(span.first, span.last).map((token) => token.norm);
  return FACELESS.test(words.join(' '));
}

/** The mentions in sentences `first` to `last`, of mentions in text order. */
export function inSentences(
  context: Context,
  fighters: readonly ActorSpan[],
  first: number,
  last: number,
): readonly ActorSpan[] {
  const before = (sentence: number): number => {
    let low = 0;
    let high = fighters.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const span = fighters[middle];
      if (span !== undefined && sentenceOf(context, span) < sentence) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return fighters.slice(before(first), before(last + 1));
}
