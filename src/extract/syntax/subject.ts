import { type Chunk, isLink, type VerbGroup } from './chunk.ts';
import { type Argument, type Clauses, isGround, reduced, skip } from './clause.ts';
import { controller, type Subject } from './controller.ts';
import { coordinated, isPlace } from './coordination.ts';
import { ordinalBefore } from './ordinal.ts';
import { previousVerb } from './previous.ts';
import { antecedentOf, relativeVerb } from './relative.ts';
import { seen } from './seen.ts';

export type { Subject } from './controller.ts';

const DASH = /^(?:[-–—]|--)$/;

/** "rebels opposed to the president", "groups affiliated with the army": no verbs of a clause. */
const BELONGS =
  /^(?:oppose|opposed|affiliate|affiliated|ally|allied|link|linked|align|aligned|base|based|name|known|know|call|dub|station|stationed|associated|connected)$/;

const SUPPOSES = /^(?:believe|say|think|report|understand|suspect|allege|know|consider)$/;

const NOBODY: Subject = { candidates: [], relative: false };

/** Who or what the verb group at `at` is said of. */
export function subjectOf(clauses: Clauses, at: number, depth = 0): Subject {
  const group = clauses.chunks[at];
  if (group?.kind !== 'vg' || depth > 4) return NOBODY;
  const object = seen(clauses, at);
  if (object !== undefined) return { candidates: [object.who], relative: false };
  const nth = group.form === 'infinitive' ? ordinalBefore(clauses, at) : undefined;
  if (nth !== undefined) return { candidates: [nth.who], relative: false };
  if (group.form === 'infinitive' || group.form === 'gerund')
    return controller(clauses, at, depth, subjectOf);
  return leftward(clauses, at, depth);
}

const THEN = /^(?:then|later|subsequently|eventually|finally|afterwards?)$/;

/** Before a noun phrase with a verb of its own these open a clause: "after the group retreated". */
const OPENS_CLAUSE = /^(?:after|before|since|until|as)$/;

/** "a girl shot in the town was evacuated": of two verbs without a link the first describes. */
const participleBefore = (owner: VerbGroup, main: Chunk | undefined): boolean =>
  main?.kind === 'vg' &&
  owner.participial &&
  owner.form === 'past' &&
  !owner.passive &&
  !owner.perfect &&
  owner.modal === undefined;

/** "bombers dressed in uniforms entered the town": a participle right behind the one who acts. */
function isBareParticiple({ chunks }: Clauses, at: number): boolean {
  const owner = chunks[at];
  return (
    owner?.kind === 'vg' &&
    owner.form === 'past' &&
    owner.participial &&
    owner.last - owner.first === 1 &&
    chunks[at - 1]?.kind === 'np'
  );
}

/** "a day", "each week" behind a count. */
const isRate = ({ chunks, ground: { tokens } }: Clauses, at: number): boolean => {
  const np = chunks[at];
  return (
    np?.kind === 'np' &&
    chunks[at - 1]?.kind === 'np' &&
    /^(?:an?|each|every|per)$/.test(tokens[np.first]?.norm ?? '') &&
    /^(?:hour|day|week|month)$/.test(tokens[np.head]?.norm ?? '')
  );
};

function leftward(clauses: Clauses, at: number, depth: number): Subject {
  const { chunks } = clauses;
  const group = chunks[at];
  const fallbacks: Argument[][] = [];
  const comma = skip(chunks, at - 1, -1);
  // "shelled the army, then took the town": who shelled it.
  if (
    group?.kind === 'vg' &&
    isLink(chunks[comma], 'comma') &&
    group.adverbs.some((word) => THEN.test(word))
  ) {
    const shared = previousVerb(clauses, comma, group);
    if (shared >= 0) return subjectOf(clauses, shared, depth + 1);
  }
  for (let i = comma; i >= 0;) {
    const chunk = chunks[i];
    if (chunk === undefined) break;
    // "the army over the past few hours took": when, not who.
    if (isLink(chunk, 'comma') || (isLink(chunk, 'preposition') && chunks[i + 1]?.kind === 'date')) {
      i = skip(chunks, i - 1, -1);
      continue;
    }
    if (isLink(chunk, 'relative', 'complementizer')) {
      const antecedent = antecedentOf(clauses, i);
      return { candidates: [...antecedent, ...fallbacks], relative: antecedent.length > 0 };
    }
    if (isLink(chunk, 'conjunction')) {
      const shared = previousVerb(clauses, i, group);
      return shared < 0 ? { candidates: fallbacks, relative: false } : subjectOf(clauses, shared, depth + 1);
    }
    if (
      isLink(chunk, 'break') &&
      DASH.test(chunk.word) &&
      chunks[skip(chunks, i - 1, -1)]?.kind === 'np' &&
      at - i === 1
    ) {
      // "three towns – A, B and C – remained": the list is the subject.
      i = skip(chunks, i - 1, -1);
      continue;
    }
    if (chunk.kind === 'vg' && fallbacks.length === 0 && isLink(chunks[skip(chunks, at - 1, -1)], 'comma'))
      return { candidates: beforeAside(clauses, i), relative: false };
    if (chunk.kind !== 'np') break;
    // "pauses of four hours a day": how often, not what.
    if (isRate(clauses, i)) {
      i = skip(chunks, i - 1, -1);
      continue;
    }
    // "Aleppo – the country's second city – has fallen"
    const dashed = describedByDash(clauses, i, at);
    if (dashed >= 0) return { candidates: [coordinated(clauses, dashed), ...fallbacks], relative: false };
    const left = beforeAgents(clauses, i);
    const before = chunks[left];
    const opens = isLink(before, 'preposition') && OPENS_CLAUSE.test(before.word) && fallbacks.length === 0;
    if (isLink(before, 'preposition') && before.word !== 'including' && !opens) {
      let holder = skip(chunks, left - 1, -1);
      // "had advanced to within a mile of the base"
      if (isLink(chunks[holder], 'preposition')) holder = skip(chunks, holder - 1, -1);
      const owner = chunks[holder];
      fallbacks.push(coordinated(clauses, i));
      if (
        owner?.kind === 'vg' &&
        (reduced(clauses, holder) ||
          owner.form === 'gerund' ||
          participleBefore(owner, chunks[at]) ||
          isBareParticiple(clauses, holder) ||
          (BELONGS.test(owner.lemma) && owner.form === 'past'))
      ) {
        i = skip(chunks, holder - 1, -1);
        continue;
      }
      // "rebels believed to be backed by a neighbour took the town"
      const held = chunks[holder - 1];
      if (
        owner?.kind === 'vg' &&
        owner.form === 'infinitive' &&
        held?.kind === 'vg' &&
        SUPPOSES.test(held.lemma)
      ) {
        i = skip(chunks, holder - 2, -1);
        continue;
      }
      const inside = owner?.kind === 'vg' ? relativeVerb(clauses, holder) : -1;
      if (inside >= 0)
        return { candidates: [...antecedentOf(clauses, inside), ...fallbacks], relative: false };
      if (owner?.kind === 'np') {
        i = holder;
        continue;
      }
      if (isLink(owner, 'comma')) {
        i = skip(chunks, holder - 1, -1);
        continue;
      }
      break;
    }
    // "the town, once a rebel stronghold, was captured"
    if (isLink(before, 'subordinator') && before.word === 'once' && isDescription(clauses, i)) {
      const comma = skip(chunks, left - 1, -1);
      const what = isLink(chunks[comma], 'comma') ? skip(chunks, comma - 1, -1) : comma;
      if (chunks[what]?.kind === 'np') {
        i = what;
        continue;
      }
    }
    // "civilians in A including B have fled": the civilians have.
    const whole =
      isLink(before, 'preposition') && before.word === 'including' ? skip(chunks, left - 1, -1) : -1;
    if (chunks[whole]?.kind === 'np' && isLink(chunks[skip(chunks, whole - 1, -1)], 'preposition')) {
      fallbacks.push(coordinated(clauses, i));
      i = whole;
      continue;
    }
    // "buses carrying fighters left", "buses, carrying fighters and their families, left"
    const carrying = gerundOver(clauses, i);
    if (carrying >= 0) {
      let carrier = skip(chunks, carrying - 1, -1);
      if (isLink(chunks[carrier], 'comma')) carrier = skip(chunks, carrier - 1, -1);
      if (chunks[carrier]?.kind === 'np')
        return {
          candidates: [coordinated(clauses, carrier), coordinated(clauses, i), ...fallbacks],
          relative: false,
        };
      const actor = beforeAdverbial(clauses, carrying);
      if (actor >= 0) return { candidates: [coordinated(clauses, actor)], relative: false };
    }
    // "efforts to revive the truce have failed": the efforts have.
    const purpose = before?.kind === 'vg' && before.form === 'infinitive' ? skip(chunks, left - 1, -1) : -1;
    if (chunks[purpose]?.kind === 'np')
      return {
        candidates: [coordinated(clauses, purpose), coordinated(clauses, i), ...fallbacks],
        relative: false,
      };
    const inner = before?.kind === 'vg' ? left : objectsVerb(clauses, i);
    const relative = inner < 0 ? -1 : relativeVerb(clauses, inner);
    if (relative >= 0) {
      const antecedent = antecedentOf(clauses, relative);
      return { candidates: [...antecedent, coordinated(clauses, i), ...fallbacks], relative: false };
    }
    return { candidates: [coordinated(clauses, i), ...fallbacks], relative: false };
  }
  return { candidates: fallbacks, relative: false };
}

/**
 * "The town, which fell last year, was retaken", "the town, which the army left in May, fell", "the town, besieged since May,
 * fell": what the clause between commas, whose verb is at `verb`, is about.
 */
function beforeAside(clauses: Clauses, verb: number): readonly Argument[][] {
  const { chunks } = clauses;
  let left = skip(chunks, verb - 1, -1);
  if (chunks[left]?.kind === 'np') left = skip(chunks, left - 1, -1);
  if (isLink(chunks[left], 'relative')) return antecedentOf(clauses, left);
  const group = chunks[verb];
  const participle = group?.kind === 'vg' && group.participial && !group.perfect && group.modal === undefined;
  const name = skip(chunks, left - 1, -1);
  const follows = isLink(chunks[left], 'comma') && left === skip(chunks, verb - 1, -1);
  return participle && follows && chunks[name]?.kind === 'np' ? [coordinated(clauses, name)] : [];
}

/** Index of the place's name that a phrase between dashes describes; -1 when it names places itself. */
function describedByDash({ chunks, ground }: Clauses, at: number, verb: number): number {
  const mark = chunks[at - 1];
  const name = chunks[at - 2];
  const np = chunks[at];
  const closes = chunks[verb - 1];
  const dashes =
    isLink(mark, 'break') && DASH.test(mark.word) && isLink(closes, 'break') && DASH.test(closes.word);
  const names = np?.kind === 'np' && ground.placeAt[np.head] !== undefined;
  return dashes && !names && name?.kind === 'np' && name.places.length > 0 ? at - 2 : -1;
}

/** "a government stronghold": what a place is or was, with nobody in it who acts. */
function isDescription(clauses: Clauses, at: number): boolean {
  const np = clauses.chunks[at];
  if (np?.kind !== 'np' || !/^an?$/.test(clauses.ground.tokens[np.first]?.norm ?? '')) return false;
  return np.places.length === 0 && isGround(clauses, np);
}

/** "the army after hours of battle and inflicting losses on the group took the town": the army did. -1 when there is no such phrase. */
function beforeAdverbial({ chunks }: Clauses, gerund: number): number {
  for (let i = skip(chunks, gerund - 1, -1); i > 0; i = skip(chunks, i - 1, -1)) {
    const chunk = chunks[i];
    if (chunk?.kind === 'vg' || isLink(chunk, 'break', 'relative', 'complementizer')) return -1;
    if (!isLink(chunk, 'preposition', 'subordinator')) continue;
    if (!/^(?:after|following|by|while|upon|before|since)$/.test(chunk.word)) continue;
    let left = skip(chunks, i - 1, -1);
    if (isLink(chunks[left], 'comma')) left = skip(chunks, left - 1, -1);
    return chunks[left]?.kind === 'np' ? left : -1;
  }
  return -1;
}

/** Index of what stands before a noun phrase; of the last of several agents ("agreed by A, B and C") before the first. */
function beforeAgents(clauses: Clauses, at: number): number {
  const { chunks } = clauses;
  const list = coordinated(clauses, at);
  const first = skip(chunks, (list[0]?.at ?? at) - 1, -1);
  const by = chunks[first];
  // "evacuees from A and B were stopped"
  if (isLink(by, 'preposition') && by.word !== 'of' && list.length > 1 && list.every(isPlace)) return first;
  const agents =
    isLink(by, 'preposition') && by.word === 'by' && reduced(clauses, skip(chunks, first - 1, -1));
  const sides = isLink(by, 'preposition') && by.word === 'between';
  return agents || sides ? first : skip(chunks, at - 1, -1);
}

/** Index of the gerund that the noun phrase at `at` is an object of, alone or behind "and"; -1 when none is. */
function gerundOver({ chunks }: Clauses, at: number): number {
  let left = skip(chunks, at - 1, -1);
  if (isLink(chunks[left], 'conjunction') && chunks[skip(chunks, left - 1, -1)]?.kind === 'np')
    left = skip(chunks, skip(chunks, left - 1, -1) - 1, -1);
  const verb = chunks[left];
  return verb?.kind === 'vg' && verb.form === 'gerund' && !verb.progressive ? left : -1;
}

/** Index of the verb whose objects end with the noun phrase at `at`: "which fought A, B and C"; -1 when none does. */
function objectsVerb(clauses: Clauses, at: number): number {
  const { chunks } = clauses;
  let left = skip(chunks, at - 1, -1);
  for (let hops = 0; hops < 6 && isLink(chunks[left], 'conjunction', 'comma'); hops += 1) {
    const np = skip(chunks, left - 1, -1);
    if (chunks[np]?.kind !== 'np') return -1;
    left = skip(chunks, np - 1, -1);
    if (chunks[left]?.kind === 'vg') return left;
  }
  return -1;
}
