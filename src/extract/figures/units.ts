const table = (rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(rows).flatMap(([unit, words]) => words.split(' ').map((word) => [word, unit] as const)),
  );

/** What is counted in movements and damage: unit by token norm. */
export const UNITS: ReadonlyMap<string, string> = table({
  people:
    'people person persons others individu individus individuals inhabitants residents villagers locals townspeople citizens passengers souls syrians iraqis yemenis libyans sudanese ukrainians palestinians afghans somalis rohingya personas personnes pessoas شخص اشخاص نسمه',
  civilians: 'civilians civilian مدني مدنيين مدنيا المدنيين',
  families:
    'families family households household familias familles famílias famil ménages عائله عوائل اسره عائلات',
  fighters:
    'fighters fighter militants militant rebels rebel insurgents gunmen jihadists jihadist terrorists terrorist militiamen combatants guerrillas extremists مقاتل مقاتلين مقاتلا مسلح مسلحين مسلحا عنصر عناصر عنصرا',
  soldiers:
    'soldiers soldier troops troop servicemen policemen officers personnel guards paratroopers marines جندي جنود',
  displaced: 'idps idp pdi evacuees returnees displaced desplazados damnificados evacuados نازح نازحين نازحا',
  refugees: 'refugees refugee migrants migrant asylum لاجئ لاجئين',
  wounded: 'wounded injured casualties جريح جرحى جريحا',
  patients: 'patients patient sick مريض مرضى',
  women: 'women woman',
  children: 'children child minors babies infants newborns pupils students طفل اطفال طفلا',
  prisoners: 'prisoners detainees hostages captives inmates abductees',
  members: 'members relatives elements men',
  workers: 'workers staff employees',
  buses: 'buses bus busses coaches حافله حافلات باص باصات',
  ambulances: 'ambulances ambulance اسعاف',
  trucks: 'trucks truck lorries lorry شاحنه شاحنات',
  vehicles: 'vehicles vehicle cars car minibuses vans tanks سياره سيارات مركبه',
  convoys: 'convoys convoy قافله قوافل',
  boats: 'boats ships ferries',
  homes: 'houses house homes home dwellings dwelling housing apartments viviendas casas maisons منزل منازل',
  buildings: 'buildings structures huts shelters tents',
});

/** Counted, yet not moved: the number is a figure of something else. */
export const PLACE_UNITS: ReadonlySet<string> = new Set(
  'villages village towns town cities districts district neighborhoods neighborhood neighbourhoods neighbourhood provinces areas positions points hills kilometers kilometres km miles mile metres meters square percent years year months month weeks week days day hours hour minutes times acres hectares'.split(
    ' ',
  ),
);

/** Adjectives and nouns that may stand between the number and what is counted. */
export const BETWEEN: ReadonlySet<string> = new Set(
  (
    'more other additional further new internally displaced foreign local besieged trapped sick elderly unarmed ' +
    'armed syrian iraqi yemeni sudanese lebanese palestinian turkish russian iranian kurdish arab afghan ukrainian ' +
    'libyan somali ethiopian burmese israeli congolese rohingya christian shiite sunni yazidi government regime rebel ' +
    'opposition islamist islamic state isis isil is daesh sdf ypg nusra front hezbollah al green city white empty armored armoured ' +
    'red crescent aid humanitarian un relief civilian wounded injured killed poor urban rural vulnerable affected ' +
    'separate individual different ethnic muslim militia its own former suspected alleged heavily ' +
    'private public temporary mud thatch residential'
  ).split(' '),
);

/** Verbs and participles that say what happens to the people a bare number counts. */
export const MOVES: ReadonlySet<string> = new Set(
  (
    'fled flee fleeing left leave leaving evacuated evacuate displaced displace relocated relocate homeless uprooted returned ' +
    'return sheltered sheltering rendered forced driven refuge stranded trapped crossed arrived moved transferred escaped rescued remain remained ' +
    'stayed homes houses shelter departed boarded نزح نزحوا فروا غادر غادروا اجلاء'
  ).split(' '),
);

const ONE_TO_NINETEEN =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';

export const SMALL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ...ONE_TO_NINETEEN.split(' ').map((word, index) => [word, index + 1] as const),
  ['dozen', 12],
  ['couple', 2],
]);

export const TENS: ReadonlyMap<string, number> = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, (index + 2) * 10] as const),
);

/** Lakh and crore are South Asian for 100,000 and 10 million. */
export const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['dozen', 12],
  ['hundred', 100],
  ['thousand', 1000],
  ['lakh', 100_000],
  ['lakhs', 100_000],
  ['mil', 1000],
  ['million', 1_000_000],
  ['mn', 1_000_000],
  ['crore', 10_000_000],
  ['billion', 1_000_000_000],
  ['الف', 1000],
  ['الاف', 1000],
  ['مليون', 1_000_000],
]);

/** Plurals that only bound from below: "hundreds" is 100 or more (the annotation guide's convention). */
export const VAGUE: ReadonlyMap<string, number> = new Map([
  ['dozens', 24],
  ['scores', 40],
  ['hundreds', 100],
  ['thousands', 1000],
  ['millions', 1_000_000],
  ['عشرات', 20],
  ['مئات', 100],
  ['الاف', 1000],
]);
