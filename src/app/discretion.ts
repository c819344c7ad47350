import type { Incident } from '../model/incident.ts';
import type { SensitivityRules } from '../model/sensitivity.ts';
import type { DestinationId } from '../model/ids.ts';
import { coarseIncident } from '../render/coarse.ts';
import type { Wording } from '../render/names.ts';
import { discretionOf } from '../route/sensitive.ts';
import type { Store } from '../store/store.ts';

/** An incident as it may be shown in a channel; `undefined`: where anybody may read it. */
export type Shown = (incident: Incident, destination: DestinationId | undefined) => Promise<Incident>;

/** What is under way and could put people in danger is shown by its district where nobody is known to be trusted. */
export const shownBy =
  (
    store: Pick<Store, 'isTrusted' | 'withheldUntil'>,
    rules: SensitivityRules,
    { places }: Pick<Wording, 'places'>,
  ): Shown =>
  async (incident, destination) => {
    if (discretionOf(incident, rules) === 'off') return incident;
    if (destination !== undefined && (await store.isTrusted(destination))) return incident;
    return (await store.withheldUntil(incident.id)) === undefined
      ? incident
      : coarseIncident(incident, places);
  };
