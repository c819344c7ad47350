import type { PlaceKind } from '../../model/place.ts';

/** A place as an outside table has it, whatever the table's format. */
export interface ImportRecord {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  readonly name: string;
  readonly nameAr?: string;
  readonly kind: PlaceKind;
  readonly lat?: number;
  readonly lon?: number;
  readonly pcode?: string;
  /** P-code of the unit above. */
  readonly parentPcode?: string;
  readonly geonames?: number;
  /** GeoNames' codes of the first- and second-level unit that it is or lies in. */
  readonly admin1?: string;
  readonly admin2?: string;
  readonly variants: readonly string[];
}

/** Why a line gives no record. Equal reasons are counted together. */
export interface Rejection {
  readonly reason: string;
}

export const isRejection = (value: object): value is Rejection => 'reason' in value;
