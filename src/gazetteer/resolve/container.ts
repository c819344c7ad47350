import type { PlaceId } from '../../model/ids.ts';
import type { Place, PlaceKind } from '../../model/place.ts';
import type { PlaceSpan, Token, TokenSpan } from '../../model/reading.ts';
import type { Gazetteer } from '../gazetteer.ts';

const CONTAINERS: readonly PlaceKind[] = [
  'governorate',
  'district',
  'city',
  'town',
  'region',
  'subdistrict',
  'country',
];

interface Named {
  readonly first: number;
  readonly place: Place;
}

interface Gathered {
  readonly bySentence: ReadonlyMap<number, readonly Named[]>;
  /** The first-level unit that most places of the report lie in, else the country. */
  readonly main: Place | undefined;
}

/** The resolved places of a report, as what unknown names may lie in. */
export class Containers {
  private readonly tokens: readonly Token[];
  private readonly known: readonly PlaceSpan[];
  private readonly gazetteer: Gazetteer;
  private gathered: Gathered | undefined;

  constructor(tokens: readonly Token[], known: readonly PlaceSpan[], gazetteer: Gazetteer) {
    this.tokens = tokens;
    this.known = known;
    this.gazetteer = gazetteer;
  }

  /** Most reports have no name that is looked for in one. */
  private gather(): Gathered {
    const bySentence = new Map<number, Named[]>();
    const counts = new Map<Place, number>();
    for (const { first, mention } of this.known) {
      const place = mention.id === undefined ? undefined : this.gazetteer.get(mention.id);
      if (place === undefined) continue;
      const sentence = this.tokens[first]?.sentence ?? -1;
      const here = bySentence.get(sentence) ?? [];
      bySentence.set(sentence, here);
      here.push({ first, place });
      const unit = this.chain(place).find(({ kind }) => kind === 'governorate' || kind === 'country');
      if (unit !== undefined) counts.set(unit, (counts.get(unit) ?? 0) + (unit.kind === 'country' ? 0.5 : 1));
    }
    const main = [...counts].sort((a, b) => b[1] - a[1] || (a[0].id < b[0].id ? -1 : 1))[0]?.[0];
    return { bySentence, main };
  }

  /**
   * The smallest container that the report states for the name at `span`: named after it in the sentence, before it, or,
   * failing these, where most of the report lies. A quarter may lie in a town; anything else lies beside towns.
   */
  of(span: TokenSpan, kinds: readonly PlaceKind[] | undefined): Place | undefined {
    const { bySentence, main } = (this.gathered ??= this.gather());
    const here = bySentence.get(this.tokens[span.first]?.sentence ?? -1) ?? [];
    const quarter = kinds?.[0] === 'quarter';
    const fits = ({ kind }: Place): boolean =>
      CONTAINERS.includes(kind) && (quarter || (kind !== 'city' && kind !== 'town'));
    const after = here.find(({ first, place }) => first >= span.last && fits(place))?.place;
    if (after !== undefined && after.kind !== 'country') return after;
    const near = [...here].sort((a, b) => Math.abs(a.first - span.first) - Math.abs(b.first - span.first));
    const beside = near
      .map(({ place }) =>
        fits(place) ? place : this.chain(place).find(({ kind }) => kind === 'governorate'),
      )
      .find((place) => place !== undefined && place.kind !== 'country');
    return beside ?? main ?? after;
  }

  private chain(place: Place): Place[] {
    const above = place.within
      .map((id: PlaceId) => this.gazetteer.get(id))
      .filter((unit) => unit !== undefined);
    return [place, ...above];
  }
}
