import type { StatementType } from './statement.ts';

/**
 * How something that could put people in danger is told in channels that are not trusted. `off`: as anywhere. `coarse`: at
 * once, by its district, without way, destination and time. `delay`: not at all until the time has passed.
 */
export const DISCRETIONS = ['off', 'coarse', 'delay'] as const;
export type Discretion = (typeof DISCRETIONS)[number];

/** Organised movements of people who do not fight. */
export type SensitiveType = Extract<StatementType, 'evacuation' | 'return' | 'aid_access'>;

/** The settings' `sensitivity`. */
export type SensitivityRules = Readonly<Record<SensitiveType, Discretion>> & {
  /** From the last report that it is under way until it is told in full. */
  readonly delayMinutes: number;
};
