import type { Reason } from '../model/incident.ts';

/** Every reason that routing gives, with the values that go into its sentence. Each has a string in the locale files. */
export const REASONS = {
  'route.place': ['place'],
  'route.released': [],
  'route.everywhere': [],
  'route.thread': ['place'],
  'route.corrected': [],
  'route.ruled': [],
  'route.unheard': [],
  'route.no_subscription': [],
  'route.types': ['types'],
  'route.standing': ['standing', 'least'],
  'route.past': [],
  'route.digest': [],
  'route.muted': [],
  'route.ended': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const reason = <K extends keyof typeof REASONS>(
  key: K,
  values: Readonly<Record<(typeof REASONS)[K][number], string | number>>,
): Reason => ({ key, values });
