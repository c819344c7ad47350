import { z } from 'zod';
import { STATEMENT_TYPES, type StatementType } from '../model/statement.ts';
import { SUBSCRIPTION_MODES, type SubscriptionFilters, type SubscriptionMode } from '../model/telling.ts';
import { day, type Day } from '../model/time.ts';
import type { InputMistake } from './definition.ts';

/** What a message has room for beside all else. */
const MAX_WORDS = 300;
/** Longer than any place's name; what is longer is not looked up. */
const MAX_NAME = 120;

export const STANDINGS: readonly SubscriptionFilters['standing'][] = ['claimed', 'reported', 'confirmed'];

export const YES_NO = ['yes', 'no'] as const;

const wrong = (ctx: z.RefinementCtx, mistake: InputMistake): never => {
  ctx.addIssue({ code: 'custom', message: mistake.kind, params: { mistake } });
  return z.NEVER;
};

const ARABIC_DIGITS = '٠١٢٣٤٥٦٧٨٩';
const PERSIAN_DIGITS = '۰۱۲۳۴۵۶۷۸۹';

/** Arabic and Persian digits as ASCII ones. */
const asciiDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const value = Math.max(ARABIC_DIGITS.indexOf(digit), PERSIAN_DIGITS.indexOf(digit));
    return value < 0 ? digit : String(value);
  });

export const placeName = z
  .string()
  .optional()
  .transform((text, ctx) => {
    const name = text?.trim().slice(0, MAX_NAME) ?? '';
    return name === '' ? wrong(ctx, { kind: 'missing_place' }) : name;
  });

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const two = (text: string | number): string => String(text).padStart(2, '0');

/** `2018-05-20`, `2018/5/20`, `20 May 2018`, in any digits; undefined when it names no day that exists. */
export function readDay(text: string): Day | undefined {
  const typed = asciiDigits(text.trim());
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(typed);
  const words = /^(\d{1,2})\s+(\p{L}{3})\p{L}*\.?\s+(\d{4})$/u.exec(typed);
  const month = words ? MONTHS.indexOf((words[2] ?? '').toLowerCase()) + 1 : 0;
  const written = iso
    ? `${iso[1]}-${two(iso[2] ?? '')}-${two(iso[3] ?? '')}`
    : words
      ? `${words[3]}-${two(month)}-${two(words[1] ?? '')}`
      : '';
  try {
    return day(written);
  } catch {
    return undefined;
  }
}

export const optionalDay = z
  .string()
  .optional()
  .transform((text, ctx) => {
    if (text === undefined) return undefined;
    return readDay(text) ?? wrong(ctx, { kind: 'bad_date', typed: text });
  });

const oneOf = <T extends string>(words: readonly T[], typed: string): T | undefined => {
  const wanted = typed.toLowerCase().replaceAll('-', '_');
  return words.find((word) => word === wanted || `${word}s` === wanted);
};

/** Types of change, between commas or spaces; absent: all. */
export const optionalKinds = z
  .string()
  .optional()
  .transform((text, ctx): readonly StatementType[] => {
    const kinds: StatementType[] = [];
    for (const typed of text?.split(/[\s,،;]+/).filter(Boolean) ?? []) {
      const kind = oneOf(STATEMENT_TYPES, typed);
      if (kind === undefined) return wrong(ctx, { kind: 'bad_option', typed, allowed: STATEMENT_TYPES });
      kinds.push(kind);
    }
    return [...new Set(kinds)];
  });

export const optionalStanding = z
  .string()
  .optional()
  .transform((text, ctx): SubscriptionFilters['standing'] => {
    if (text === undefined) return 'claimed';
    return (
      oneOf(STANDINGS, text.trim()) ?? wrong(ctx, { kind: 'bad_option', typed: text, allowed: STANDINGS })
    );
  });

export const optionalMode = z
  .string()
  .optional()
  .transform((text, ctx): SubscriptionMode => {
    if (text === undefined) return 'live';
    return (
      oneOf(SUBSCRIPTION_MODES, text.trim()) ??
      wrong(ctx, { kind: 'bad_option', typed: text, allowed: SUBSCRIPTION_MODES })
    );
  });

const MAX_DAYS = 3660;

/** How many days back; absent when it was left out. */
export const optionalDays = z
  .string()
  .optional()
  .transform((text, ctx): number | undefined => {
    if (text === undefined || text.trim() === '') return undefined;
    const days = Number(asciiDigits(text.trim()));
    return Number.isInteger(days) && days >= 1 && days <= MAX_DAYS
      ? days
      : wrong(ctx, { kind: 'bad_option', typed: text, allowed: [`1 … ${MAX_DAYS}`] });
  });

/** A value that cannot be left out. */
export const given = (parameter: string) =>
  z
    .string()
    .optional()
    .transform((text, ctx) => {
      const value = text?.trim() ?? '';
      return value === '' ? wrong(ctx, { kind: 'missing_value', parameter }) : value;
    });

/** Words of a person's own; empty when they were left out. */
export const optionalText = z
  .string()
  .optional()
  .transform((text) => text?.trim().slice(0, MAX_WORDS) ?? '');

/** One of a few words; absent when it was left out. */
export const optionalWord = <T extends string>(words: readonly T[]) =>
  z
    .string()
    .optional()
    .transform((text, ctx): T | undefined => {
      if (text === undefined || text.trim() === '') return undefined;
      return oneOf(words, text.trim()) ?? wrong(ctx, { kind: 'bad_option', typed: text, allowed: words });
    });
