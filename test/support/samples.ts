/** Sample reports in any number, made from a seed: the same seed gives the same reports. All of it is invented. */
export interface SampleReport {
  readonly outlet: string;
  readonly title: string;
  readonly published: string;
  readonly text: string;
}

/** A small generator of numbers in [0, 1) (mulberry32), so that a failing run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const outlets = ['Sample Wire', 'Sample Monitor', 'Sample Gazette', 'Sample Radio'];
const takers = ['The SDF', 'Syrian government forces', 'Rebels', 'ISIS militants'];
const towns = [
  ['Hajin', 'Deir Ezzor'],
  ['Baghuz', 'Deir Ezzor'],
  ['Palmyra', 'Homs'],
  ['Douma', 'Rural Damascus'],
  ['Manbij', 'Aleppo'],
  ['Saraqib', 'Idlib'],
  ['Nawa', 'Daraa'],
  ['Tabqa', 'Raqqa'],
  ['Maarat al-Numan', 'Idlib'],
  ['Jisr al-Shughour', 'Idlib'],
] as const;

type Template = (
  pick: <T>(list: readonly T[]) => T,
  count: (low: number, high: number) => number,
) => [title: string, text: string];

const templates: readonly Template[] = [
  (pick) => {
    const [town, province] = pick(towns);
    const taker = pick(takers);
    return [
      `${taker} in ${town}`,
      `${taker} captured the town of ${town} in ${province} province on Monday, a monitoring group said.`,
    ];
  },
  (pick, count) => {
    const [town, province] = pick(towns);
    return [
      `Buses leave ${town}`,
      `About ${count(2, 30) * 50} people were evacuated from the town of ${town} in ${province} province on Tuesday under a deal between the two sides, local sources said.`,
    ];
  },
  (pick, count) => {
    const [town, province] = pick(towns);
    return [
      `Families flee ${town}`,
      `More than ${count(2, 40) * 100} families fled the town of ${town} in ${province} province on Wednesday, according to aid workers.`,
    ];
  },
  (pick) => {
    const [town, province] = pick(towns);
    return [
      `Truce in ${town}`,
      `A ceasefire was reached in the town of ${town} in ${province} province on Thursday, activists said.`,
    ];
  },
  (pick) => {
    const [town, province] = pick(towns);
    const taker = pick(takers);
    return [
      `Who holds ${town}`,
      `${taker} still control the town of ${town} in ${province} province. Nothing changed there this week.`,
    ];
  },
  (pick) => {
    const [town] = pick(towns);
    return [
      `Market day in ${town}`,
      `Traders in ${town} said that the price of bread rose again this week. No fighting was reported.`,
    ];
  },
];

/** `count` reports over as many hours from 1 May 2018. Some repeat an earlier text under another title. */
export function sampleReports(count: number, seed: number): readonly SampleReport[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const whole = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const reports: SampleReport[] = [];
  for (let hour = 0; hour < count; hour += 1) {
    const published = new Date(Date.UTC(2018, 4, 1, hour)).toISOString();
    const earlier = reports.at(-whole(1, 20));
    if (earlier && random() < 0.1) {
      reports.push({ ...earlier, outlet: pick(outlets), title: `Again: ${earlier.title}`, published });
      continue;
    }
    const [title, text] = pick(templates)(pick, whole);
    reports.push({ outlet: pick(outlets), title, published, text });
  }
  return reports;
}
