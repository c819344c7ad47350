import type { Reason } from '../model/incident.ts';

/** Every reason that judging gives, with the values that go into its sentence. Each has a string in the locale files. */
export const REASONS = {
  'standing.claimed': ['origins'],
  'standing.reported': ['origins'],
  'standing.confirmed': ['origins'],
  'standing.admitted': ['origins'],
  'standing.contested': ['says', 'denies'],
  'standing.conflict': ['origins', 'others', 'holders'],
  'standing.denied': ['denies'],
  'match.join': ['place', 'days', 'score'],
  'match.open': ['place'],
  'match.maybe': ['place', 'days', 'score'],
  'match.merged': ['place'],
  'match.parted': ['place'],
  'match.revised': [],
  'match.released': [],
  'match.corrected': [],
  'match.quiet': ['days'],
  'match.ruled_same': [],
  'match.ruled_apart': [],
  'record.already': [],
  'record.withdrawn': [],
  'record.retraction_notice': [],
  'record.copy_withdrawn': ['outlet'],
  'record.copy': ['outlet'],
  'record.no_place': [],
  'record.too_wide': ['place'],
  'record.low_confidence': ['confidence', 'least'],
  'record.background': [],
  'record.long_ago': ['date', 'days'],
  'record.planned': [],
  'record.held': [],
  'record.siege_standing': [],
  'record.reaffirmed': ['place'],
  'record.older_than_known': ['place'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ReasonKey = keyof typeof REASONS;

/** Several names in one value stand on lines of their own: `names(…)`. */
export const reason = <K extends ReasonKey>(
  key: K,
  values: Readonly<Record<(typeof REASONS)[K][number], string | number>>,
): Reason => ({ key, values });

export const names = (all: readonly string[]): string => [...new Set(all)].join('\n');
