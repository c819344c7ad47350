import type { StatementType } from '../../model/statement.ts';
import type { Verdict } from '../propose/verdict.ts';
import type { Item } from './items.ts';

/** How far a governing word may stand before what it governs, in items. */
const REACH = 14;
/** "after", "since": what follows has happened; "before": it has not. */
const AFTER = /^(?:بعد|بعدما|عقب|اثر|منذ|نتيجه|جراء|رغم|بسبب|بفعل|وسط|مع|خلال)$/;
const BEFORE = /^(?:قبل|قبيل|حتي|كي|لكي|لو)$/;

type Is = Verdict['is'];
const rank: Readonly<Record<Is, number>> = {
  happened: 0,
  ongoing: 1,
  open: 2,
  failed: 3,
  denied: 4,
  void: 5,
};

/** What the words before a trigger do to its status. */
class Judge {
  is: Is = 'happened';
  negated = false;
  present = false;
  former = false;
  readonly why: string[] = [];
  private readonly items: readonly Item[];
  private readonly headline: boolean;

  constructor(items: readonly Item[], headline: boolean) {
    this.items = items;
    this.headline = headline;
  }

  private set(is: Is, why: string): void {
    if (rank[is] > rank[this.is]) this.is = is;
    this.why.push(why);
  }

  /** The form of a verb, and the small words right before it. */
  verb(at: number): void {
    const forms = this.items[at]?.verb?.forms ?? new Set();
    const past = forms.has('past') || forms.has('passive');
    const present = forms.has('present') && !past;
    if (!past && !present && forms.has('future')) this.set('open', 'future');
    for (let before = at - 1; before >= Math.max(0, at - 3); before -= 1) {
      const item = this.items[before];
      if (item?.kind === 'negation') {
        this.negated = true;
        this.why.push('negated');
      } else if (item?.kind === 'modal') {
        if (item.norm !== 'قد' || present) this.set(item.norm === 'قد' ? 'void' : 'open', item.norm);
      } else if (item?.kind === 'preposition' && item.norm === 'ل' && before === at - 1)
        this.set('open', 'purpose');
      else if (item?.kind === 'condition') this.set('void', 'condition');
      else if (item?.kind === 'be') this.former = true;
      else if (item?.kind !== 'adverb' && item?.kind !== 'comp') break;
    }
    this.former ||= this.wasBefore(at);
    this.present = present && !this.headline;
  }

  /** "كانت قوات النظام سيطرت على": the subject may stand between. */
  private wasBefore(at: number): boolean {
    for (let before = at - 1; before >= Math.max(0, at - 5); before -= 1) {
      const item = this.items[before];
      if (item?.kind === 'be') return true;
      if (item?.kind !== 'mark' && item?.kind !== 'modal' && item?.kind !== 'noun') return false;
      if (item.mark?.kind === 'place') return false;
    }
    return false;
  }

  /** "تم", "يجري", "سيتم" before a masdar. */
  private aux(at: number): void {
    const norm = this.items[at]?.norm ?? '';
    if (norm.startsWith('س')) this.set('open', norm);
    else if (/^[يت](?:تم|جري)$/.test(norm) && !this.headline) this.set('ongoing', norm);
    const before = this.items[at - 1];
    if (before?.kind === 'negation') {
      this.negated = true;
      this.is = norm.startsWith('س') ? this.is : 'happened';
    } else if (before?.kind === 'comp' || before?.kind === 'modal') this.set('open', 'wanted');
  }

  /** Walks left from a masdar, or from the "that" before a verb, over what governs it. */
  governors(at: number, masdar: boolean): void {
    const purpose = this.items[at - 1];
    if (masdar && purpose?.kind === 'preposition' && purpose.norm === 'ل') this.set('open', 'purpose');
    let crossed = false;
    for (let before = at - 1; before >= Math.max(0, at - REACH); before -= 1) {
      const item = this.items[before];
      if (item === undefined) return;
      if (item.kind === 'aux' && !crossed) this.aux(before);
      else if (item.kind === 'break' || item.kind === 'rel') return;
      else if (item.kind === 'sub') {
        if (BEFORE.test(item.norm)) this.set('void', item.norm);
        if (BEFORE.test(item.norm) || AFTER.test(item.norm) || masdar) return;
        return;
      } else if (item.kind === 'condition') {
        this.set('void', item.norm);
        return;
      } else if (item.kind === 'negation' && /^(?:عدم|دون|بدون)$/.test(item.norm)) {
        this.set('void', item.norm);
        return;
      } else if (item.effect !== undefined) {
        const goesOn = this.effect(before, item);
        if (!goesOn) return;
      } else if (item.kind === 'verb') {
        // Another clause's verb; what stands before it governs that one.
        return;
      } else if (item.kind === 'comp' && before < at - 1 && masdar) crossed = true;
    }
  }

  /** Applies one governing word; whether to look further left. */
  private effect(at: number, item: Item): boolean {
    const effect = item.effect?.effect;
    const before = this.items[at - 1];
    const negated =
      before?.kind === 'negation' || (before?.kind === 'modal' && this.items[at - 2]?.kind === 'negation');
    const future =
      (item.verb?.forms.has('future') === true && !item.verb.forms.has('past')) ||
      (before?.kind === 'modal' && before.norm !== 'قد');
    const word = item.norm;
    if (effect === undefined) return true;
    if (effect === 'say') return false;
    if (negated) this.set(effect === 'real' ? 'failed' : 'void', `not ${word}`);
    else if (future && (effect === 'real' || effect === 'begun')) this.set('open', word);
    else if (effect === 'begun') this.set('ongoing', word);
    else if (effect !== 'real') this.set(effect, word);
    return true;
  }
}

/**
 * What the text says of the trigger at `at`: did it happen, and is it told as lasting. A masdar ("the taking of") is
 * judged by what governs it, a verb by its form and, behind "that", by what governs the clause. `former`: "had held".
 */
export function verdictOf(
  items: readonly Item[],
  at: number,
  type: StatementType,
  headline: boolean,
): Verdict & { readonly former: boolean } {
  const judge = new Judge(items, headline);
  const item = items[at];
  const masdar = item?.kind === 'noun';
  if (!masdar) judge.verb(at);
  const that = masdar ? at : thatBefore(items, at);
  if (that !== undefined) judge.governors(that, masdar);
  // A place that is being taken is not taken yet.
  const is = judge.is === 'ongoing' && type === 'control' ? 'open' : judge.is;
  const { negated, present, former, why } = judge;
  return { is, negated, present, speech: [], why, former };
}

/** The "that", "after" or condition that opens the clause of the verb at `at`. */
function thatBefore(items: readonly Item[], at: number): number | undefined {
  for (let before = at - 1; before >= Math.max(0, at - 6); before -= 1) {
    const item = items[before];
    if (item?.kind === 'comp' || item?.kind === 'sub' || item?.kind === 'condition')
      return before + (item.kind === 'comp' ? 0 : 1);
    if (item?.kind === 'verb')
      return item.effect !== undefined && item.effect.effect !== 'say' ? before + 1 : undefined;
    if (item?.kind === 'break' || item?.kind === 'rel' || item?.kind === 'conjunction') return undefined;
  }
  return undefined;
}
