/**
 * Branded identifiers. An id is a string that one constructor made; the brand keeps an incident's id from being
 * passed where a report's is wanted.
 */
declare const brand: unique symbol;
type Branded<B extends string> = string & { readonly [brand]: B };

export type ReportId = Branded<'report'>;
export type StatementId = Branded<'statement'>;
export type IncidentId = Branded<'incident'>;
export type FactId = Branded<'fact'>;
export type UpdateId = Branded<'update'>;
export type DestinationId = Branded<'destination'>;
export type SubscriptionId = Branded<'subscription'>;
export type DeliveryId = Branded<'delivery'>;
export type CorrectionId = Branded<'correction'>;
export type RulingId = Branded<'ruling'>;
/** A gazetteer entry's id. */
export type PlaceId = Branded<'place'>;
/** An actor's id in the actor lexicon, e.g. `isis`, `syria-government`, `sohr`. */
export type ActorId = Branded<'actor'>;
/** A source's id in `config/sources.yaml`. */
export type SourceId = Branded<'source'>;

export const reportId = (value: string): ReportId => value as ReportId;
export const statementId = (value: string): StatementId => value as StatementId;
export const incidentId = (value: string): IncidentId => value as IncidentId;
export const factId = (value: string): FactId => value as FactId;
export const updateId = (value: string): UpdateId => value as UpdateId;
export const destinationId = (value: string): DestinationId => value as DestinationId;
export const subscriptionId = (value: string): SubscriptionId => value as SubscriptionId;
export const deliveryId = (value: string): DeliveryId => value as DeliveryId;
export const rulingId = (value: string): RulingId => value as RulingId;
export const correctionId = (value: string): CorrectionId => value as CorrectionId;
export const placeId = (value: string): PlaceId => value as PlaceId;
export const actorId = (value: string): ActorId => value as ActorId;
export const sourceId = (value: string): SourceId => value as SourceId;
