import type { PlaceKind } from '../model/place.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const SETTLEMENT: readonly PlaceKind[] = ['city', 'town', 'village'];
const AREA: readonly PlaceKind[] = ['quarter', 'district', 'subdistrict', 'region', 'site'];

/** What a kind word says that the place is; a plural says it of each place of a list. In `plain` form. */
const KIND_WORDS: Readonly<Record<string, readonly PlaceKind[]>> = {
  village: ['village', 'town'],
  hamlet: ['village'],
  farm: ['site', 'village'],
  town: ['town', 'city', 'village'],
  township: ['town', 'district', 'village'],
  city: ['city', 'town'],
  capital: ['city'],
  locality: SETTLEMENT,
  settlement: SETTLEMENT,
  municipality: ['town', 'city', 'district'],
  commune: ['town', 'village', 'district'],
  stronghold: [...SETTLEMENT, 'quarter', 'region'],
  province: ['governorate'],
  governorate: ['governorate'],
  oblast: ['governorate'],
  state: ['governorate', 'country'],
  muhafaza: ['governorate'],
  county: ['district', 'governorate'],
  raion: ['district'],
  subdistrict: ['subdistrict'],
  nahiya: ['subdistrict'],
  district: ['quarter', 'district', 'subdistrict'],
  neighborhood: ['quarter', 'village'],
  neighbourhood: ['quarter', 'village'],
  quarter: ['quarter'],
  suburb: ['quarter', 'town', 'village'],
  sector: ['quarter', 'region'],
  enclave: ['region', 'town', 'city', 'quarter'],
  pocket: ['region', 'town', 'village', 'city'],
  area: [...AREA, ...SETTLEMENT],
  region: ['region', 'district', 'governorate'],
  countryside: ['governorate', 'district', 'city', 'town'],
  plain: ['region'],
  valley: ['region', 'river'],
  basin: ['region', 'river'],
  desert: ['region'],
  steppe: ['region'],
  peninsula: ['region'],
  island: ['island'],
  islet: ['island'],
  camp: ['camp', 'base'],
  base: ['base', 'airbase'],
  barracks: ['base'],
  academy: ['base', 'site'],
  battalion: ['base'],
  brigade: ['base'],
  regiment: ['base'],
  airbase: ['airbase'],
  airfield: ['airbase'],
  airport: ['airbase', 'site'],
  aerodrome: ['airbase'],
  crossing: ['crossing'],
  crossroad: ['site', 'road'],
  crossroads: ['site', 'road'],
  junction: ['site', 'road'],
  roundabout: ['site', 'quarter'],
  intersection: ['site', 'road'],
  checkpoint: ['site'],
  bridge: ['site'],
  dam: ['dam'],
  field: ['oil_field'],
  oilfield: ['oil_field'],
  gasfield: ['oil_field'],
  refinery: ['site', 'oil_field'],
  mine: ['site'],
  factory: ['site'],
  hospital: ['site'],
  prison: ['site', 'base'],
  castle: ['site', 'town'],
  citadel: ['site'],
  port: ['site', 'city', 'town'],
  road: ['road'],
  highway: ['road'],
  motorway: ['road'],
  street: ['road'],
  route: ['road'],
  river: ['river'],
  canal: ['river'],
  lake: ['river'],
  mountain: ['mountain'],
  mountains: ['mountain', 'region'],
  mount: ['mountain'],
  hill: ['mountain', 'village'],
  hills: ['mountain', 'region'],
  hilltop: ['mountain'],
  heights: ['mountain', 'region'],
  ridge: ['mountain'],
  strip: ['region'],
  farms: ['site', 'region', 'quarter'],
};

const PLURALS: Readonly<Record<string, string>> = {
  city: 'cities',
  locality: 'localities',
  municipality: 'municipalities',
  county: 'counties',
  factory: 'factories',
  refinery: 'refineries',
};

/** What a kind word says: the kinds, and whether it speaks of several places. */
export interface KindWord {
  readonly kinds: readonly PlaceKind[];
  readonly plural: boolean;
}

const KIND_OF = new Map<string, KindWord>();
for (const [word, kinds] of Object.entries(KIND_WORDS)) {
  KIND_OF.set(PLURALS[word] ?? `${word}s`, { kinds, plural: true });
}
// Words of their own ("mountains", "hills", "farms") before plurals.
for (const [word, kinds] of Object.entries(KIND_WORDS)) KIND_OF.set(word, { kinds, plural: false });

/** The kinds that a word in `plain` form stands for. */
export const kindsOf = (word: string): KindWord | undefined => KIND_OF.get(word);

export const DIRECTIONS = set(
  `north south east west northern southern eastern western central northeast northwest southeast southwest
   northeastern northwestern southeastern southwestern upper lower inner`,
);
/** Words of the vicinity of a place: "the outskirts of", "Aleppo countryside". */
export const VICINITY = set(
  `countryside outskirts outskirt suburbs suburb surroundings vicinity environs periphery perimeter edge edges fringes
   border borders hinterland approaches gates entrance entrances axis axes front frontline frontlines`,
);
/** Words for a part of a place: "parts of", "half of". */
export const FRACTION = set(
  `part parts half most much section sections swathes swathe third thirds quarter quarters portion portions remainder rest
   percent bulk majority side sides areas area neighborhoods neighbourhoods districts pockets blocks streets villages towns
   positions points sites`,
);

/** Small words inside names: "Old City of Homs", "Zahraa and Nubl" is two names all the same. */
export const INSIDE = set('of the de da do dos del des la du au aux sur el wa u e i ul');
export const LOCATIVE = set(
  `in at near to from into toward towards of around inside outside within between through via across over around
   against for on onto off beyond past and or`,
);

export { isCapitalised } from '../model/letters.ts';
