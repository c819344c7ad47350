import type { FigureSpan, Token } from '../../model/reading.ts';
import type { Figure } from '../../model/statement.ts';
import { normalise } from '../norm.ts';

type Qualifier = NonNullable<FigureSpan['qualifier']>;

const table = <V>(rows: Readonly<Record<string, V>>): ReadonlyMap<string, V> =>
  new Map(
    Object.entries(rows).flatMap(([words, value]) =>
      words.split(' ').map((word) => [normalise(word), value] as const),
    ),
  );

/** What is counted, in the forms that follow a number: singular, plural, genitive. Without the article. */
const UNITS = table({
  'شخص شخصا أشخاص فرد فردا أفراد مواطن مواطنا مواطنين نسمة ساكن سكان': 'people',
  'مدني مدنيا مدنيين مدنيون': 'civilians',
  'عائلة عائلات عوائل أسرة أسر': 'families',
  'مقاتل مقاتلا مقاتلين مقاتلون مسلح مسلحا مسلحين مسلحون عنصر عنصرا عناصر': 'fighters',
  'جندي جنديا جنود عسكري عسكريا عسكريين': 'soldiers',
  'نازح نازحا نازحين نازحون مهجر مهجرا مهجرين': 'displaced',
  'لاجئ لاجئا لاجئين لاجئون': 'refugees',
  'جريح جريحا جرحى مصاب مصابا مصابين': 'wounded',
  'مريض مريضا مرضى': 'patients',
  'امرأة نساء سيدة': 'women',
  'طفل طفلا أطفال': 'children',
  'حافلة حافلات باص باصات': 'buses',
  'شاحنة شاحنات': 'trucks',
  'سيارة سيارات آلية آليات مركبة مركبات': 'vehicles',
  'قافلة قوافل': 'convoys',
  'دفعة دفعات': 'batches',
});

/** The dual is number and noun in one: "two buses". */
const DUALS = new Map(
  [...UNITS].flatMap(([word, unit]) => {
    const stem = word.endsWith('ه') ? `${word.slice(0, -1)}ت` : word;
    return [`${stem}ين`, `${stem}ان`].filter((form) => !UNITS.has(form)).map((form) => [form, unit] as const);
  }),
);

const SMALL = table({
  'واحد واحدة': 1,
  'اثنان اثنين اثنتان اثنتين': 2,
  'ثلاث ثلاثة': 3,
  'أربع أربعة': 4,
  'خمس خمسة': 5,
  'ست ستة': 6,
  'سبع سبعة': 7,
  'ثمان ثماني ثمانية': 8,
  'تسع تسعة': 9,
  'عشر عشرة': 10,
  'عشرون عشرين': 20,
  'ثلاثون ثلاثين': 30,
  'أربعون أربعين': 40,
  'خمسون خمسين': 50,
  'ستون ستين': 60,
  'سبعون سبعين': 70,
  'ثمانون ثمانين': 80,
  'تسعون تسعين': 90,
  'مئة مائة': 100,
  'مئتا مئتي مئتان مئتين مائتي': 200,
  'ثلاثمئة ثلاثمائة': 300,
  'أربعمئة أربعمائة': 400,
  'خمسمئة خمسمائة': 500,
  'ستمئة ستمائة': 600,
  'سبعمئة سبعمائة': 700,
  'ثمانمئة ثمانمائة': 800,
  'تسعمئة تسعمائة': 900,
  'ألفا ألفي ألفان ألفين': 2000,
});
const FACTORS = table({ 'ألف آلاف': 1000, 'مليون ملايين': 1_000_000, 'مئة مائة': 100 });
/** "Hundreds" is 100 or more, as the annotation guide has it; "tens" is 20 or more. */
const VAGUE = table({ عشرات: 20, 'مئات مئآت': 100, 'آلاف الاف': 1000, ملايين: 1_000_000 });

const BEFORE: readonly (readonly [readonly string[], Qualifier])[] = (
  [
    ['ما لا يقل عن', 'at_least'],
    ['على الأقل', 'at_least'],
    ['أكثر من', 'more_than'],
    ['ما يزيد على', 'more_than'],
    ['ما يزيد عن', 'more_than'],
    ['ما يقارب', 'about'],
    ['ما يقرب من', 'nearly'],
    ['نحو', 'about'],
    ['حوالي', 'about'],
    ['زهاء', 'about'],
    ['قرابة', 'nearly'],
    ['أقل من', 'up_to'],
    ['ما يصل إلى', 'up_to'],
  ] as const
).map(([words, qualifier]) => [words.split(' ').map(normalise), qualifier]);

const bare = (norm: string): string => norm.replace(/^ال(?=..)/, '');

interface Counted {
  readonly last: number;
  readonly value: number;
  readonly vague: boolean;
}

/** The number at `at`: digits with a factor ("15 ألف"), words joined by و, or a vague plural ("عشرات الآلاف"). */
function numberAt(tokens: readonly Token[], at: number): Counted | undefined {
  const norm = (position: number): string => tokens[position]?.norm ?? '';
  const vague = VAGUE.get(norm(at)) ?? VAGUE.get(bare(norm(at)));
  if (vague !== undefined) {
    const factor = FACTORS.get(norm(at + 1)) ?? FACTORS.get(bare(norm(at + 1)));
    if (factor !== undefined && vague < 1000)
      return { last: at + 2, value: (vague === 20 ? 10 : vague) * factor, vague: true };
    return { last: at + 1, value: vague, vague: true };
  }
  let position = at;
  let total = 0;
  let current = 0;
  for (;;) {
    const token = tokens[position];
    const value =
      token?.kind === 'number' && /^\d+$/.test(token.norm) ? Number(token.norm) : SMALL.get(norm(position));
    const factor = FACTORS.get(norm(position));
    if (factor !== undefined && (position > at || value === undefined) && factor !== 100) {
      total += Math.max(1, current) * factor;
      current = 0;
    } else if (value !== undefined && (position === at || token?.kind !== 'number')) current += value;
    else if (norm(position) === 'و' && position > at && SMALL.has(norm(position + 1))) {
      position += 1;
      continue;
    } else break;
    position += 1;
  }
  return position === at ? undefined : { last: position, value: total + current, vague: false };
}

function qualifierBefore(
  tokens: readonly Token[],
  at: number,
): { readonly first: number; readonly qualifier?: Qualifier } {
  for (const [words, qualifier] of BEFORE) {
    const first = at - words.length;
    if (first >= 0 && words.every((word, offset) => tokens[first + offset]?.norm === word))
      return { first, qualifier };
  }
  return { first: at };
}

function bounds({ value, vague }: Counted, qualifier: Qualifier | undefined): Pick<Figure, 'low' | 'high'> {
  if (qualifier === 'up_to') return { high: value };
  return vague || qualifier === 'more_than' || qualifier === 'at_least'
    ? { low: value }
    : { low: value, high: value };
}

/** "of the", "new", "other": between a number and its noun. */
const BETWEEN = new Set(['من', 'اكثر', 'عدد']);

/** Counts of people, families, fighters and vehicles: the noun that is counted follows its number. In text order. */
export function findArabicFigures(body: string, tokens: readonly Token[]): FigureSpan[] {
  const spans: FigureSpan[] = [];
  const push = (first: number, last: number, figure: Omit<Figure, 'text'>, qualifier?: Qualifier): void => {
    const text = body.slice(tokens[first]?.start ?? 0, tokens[last - 1]?.end ?? 0);
    spans.push({
      kind: 'figure',
      first,
      last,
      figure: { ...figure, text },
      ...(qualifier !== undefined && { qualifier }),
    });
  };
  for (let at = 0; at < tokens.length;) {
    const dual = DUALS.get(bare(tokens[at]?.norm ?? ''));
    if (dual !== undefined) {
      push(at, at + 1, { low: 2, high: 2, unit: dual });
      at += 1;
      continue;
    }
    const number = numberAt(tokens, at);
    const noun =
      number === undefined
        ? at
        : BETWEEN.has(tokens[number.last]?.norm ?? '')
          ? number.last + 1
          : number.last;
    const unit = number && UNITS.get(bare(tokens[noun]?.norm ?? ''));
    if (number !== undefined && unit !== undefined) {
      const { first, qualifier } = qualifierBefore(tokens, at);
      push(
        Math.max(first, spans.at(-1)?.last ?? 0),
        noun + 1,
        { ...bounds(number, qualifier), unit },
        qualifier,
      );
      at = noun + 1;
    } else at = Math.max(at + 1, number?.last ?? 0);
  }
  return spans;
}
