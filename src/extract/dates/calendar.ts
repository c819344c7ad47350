const numbered = (rows: readonly string[], base: number): ReadonlyMap<string, number> =>
  new Map(rows.flatMap((row, index) => row.split(' ').map((name) => [name, index + base] as const)));

/**
 * Month names by token norm, January = 1: English in full and shortened, Arabic in the Levant's and Egypt's names.
 * Two-word Levantine names ("تشرين الأول") are in `LEVANTINE_MONTHS`.
 */
export const MONTHS: ReadonlyMap<string, number> = numbered(
  [
    'january jan يناير',
    'february feb فبراير شباط',
    'march mar مارس اذار',
    'april apr ابريل نيسان',
    'may مايو ايار',
    'june jun يونيو حزيران',
    'july jul يوليو تموز',
    'august aug اغسطس اب',
    'september sep sept سبتمبر ايلول',
    'october oct اكتوبر',
    'november nov نوفمبر',
    'december dec ديسمبر',
  ],
  1,
);

/** Levantine months of two words, by their norms joined with a blank. */
export const LEVANTINE_MONTHS: ReadonlyMap<string, number> = new Map([
  ['كانون الثاني', 1],
  ['تشرين الاول', 10],
  ['تشرين الثاني', 11],
  ['كانون الاول', 12],
]);

/** Weekday names by token norm, Sunday = 0. Possessives without their apostrophe ("Mondays fighting") included. */
export const WEEKDAYS: ReadonlyMap<string, number> = numbered(
  [
    'sunday sun sundays الاحد',
    'monday mon mondays الاثنين الاتنين',
    'tuesday tue tues tuesdays الثلاثاء',
    'wednesday wed wednesdays الاربعاء',
    'thursday thu thur thurs thursdays الخميس',
    'friday fri fridays الجمعه',
    'saturday sat saturdays السبت',
  ],
  0,
);
