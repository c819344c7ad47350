import { createHash } from 'node:crypto';
import { retract } from '../assess/correct/retract.ts';
import type { RetractionSnapshot } from '../assess/correct/types.ts';
import { assessReport } from '../assess/report.ts';
import { rule } from '../assess/rule.ts';
import type { Assessment, RulingSnapshot, Snapshot } from '../assess/types.ts';
import { deliveryId, type IncidentId, type UpdateId } from '../model/ids.ts';
import type { Incident, Update } from '../model/incident.ts';
import type { Alert, NewThreadDelivery, ThreadOp } from '../model/telling.ts';
import type { Discretion, SensitivityRules } from '../model/sensitivity.ts';
import { coarseIncident, coarseUpdate } from '../render/coarse.ts';
import type { Wording } from '../render/names.ts';
import { discretionOf, withheldUntil } from '../route/sensitive.ts';
import { renderReply } from '../render/reply.ts';
import { renderRoot } from '../render/root.ts';
import type { RenderContext } from '../render/sources.ts';
import { nextDigest, type DigestTimes } from '../route/digest.ts';
import { gatheredUntil, isGathered, type GatherRules } from '../route/gather.ts';
import { placesOf } from '../route/places.ts';
import { route } from '../route/route.ts';
import type { JudgeReader, Judgement } from '../store/judge.ts';

/** What is done on the platform for an alert: a first one opens the thread, a later one renews its root and is a reply. */
const OPS: Readonly<Record<Alert['thread'], readonly ThreadOp[]>> = {
  root: ['post_root'],
  reply: ['edit_root', 'reply'],
  quiet: ['edit_root'],
};

function deliveriesOf(
  alert: Alert,
  update: Update,
  incident: Incident,
  context: RenderContext,
): NewThreadDelivery[] {
  return OPS[alert.thread].map((op) => ({
    id: deliveryId(
      `d_${createHash('sha256').update(`${update.id}\n${alert.destination}\n${op}`).digest('hex').slice(0, 24)}`,
    ),
    update: update.id,
    incident: incident.id,
    destination: alert.destination,
    op,
    revision: update.revision,
    broadcast: op === 'reply' && alert.broadcast,
    because: {
      ...(alert.subscription !== undefined && { subscription: alert.subscription }),
      why: alert.why,
    },
    message: op === 'reply' ? renderReply(update, incident, context) : renderRoot(incident, context),
  }));
}

/** When what is told is told: at once, together with more of its thread, or with a digest. */
export type TellingRules = DigestTimes & GatherRules & { readonly sensitivity: SensitivityRules };

/** What one report changes and who is told: assess, route, render, over what the store hands in. */
export const decide = (
  snapshot: Snapshot,
  reader: JudgeReader,
  wording: Wording,
  rules: TellingRules,
): Promise<Judgement> => tell(assessReport(snapshot, wording), snapshot, reader, wording, rules);

/** The same for a report that is taken back. */
export const decideRetraction = (
  snapshot: RetractionSnapshot,
  reader: JudgeReader,
  wording: Wording,
  rules: TellingRules,
): Promise<Judgement> => tell(retract(snapshot, wording), snapshot, reader, wording, rules);

/** The same for a person's decision on what is one happening. */
export const decideRuling = (
  snapshot: RulingSnapshot,
  reader: JudgeReader,
  wording: Wording,
  rules: TellingRules,
): Promise<Judgement> => tell(rule(snapshot, wording), snapshot, reader, wording, rules);

/** How each alert may be told: in full to who is trusted, or of what somebody answered for. */
async function discretionIn(
  incidents: readonly Incident[],
  alerts: readonly Alert[],
  reader: JudgeReader,
  rules: SensitivityRules,
): Promise<(alert: Alert) => Discretion> {
  const asked = new Map(incidents.map((incident) => [incident.id, discretionOf(incident, rules)]));
  const careful = alerts.filter(({ incident }) => (asked.get(incident) ?? 'off') !== 'off');
  if (careful.length === 0) return () => 'off';
  const [disclosed, trusted] = await Promise.all([
    reader.disclosed(careful.map(({ incident }) => incident)),
    reader.trusted(careful.map(({ destination }) => destination)),
  ]);
  return ({ incident, destination }) =>
    disclosed.has(incident) || trusted.has(destination) ? 'off' : (asked.get(incident) ?? 'off');
}

async function tell(
  assessment: Assessment,
  { report, now }: { readonly report?: Snapshot['report']; readonly now: Snapshot['now'] },
  reader: JudgeReader,
  wording: Wording,
  rules: TellingRules,
): Promise<Judgement> {
  const { updates, correction } = assessment;
  if (updates.length === 0) return { assessment, deliveries: [] };
  const incidents = new Map<IncidentId, Incident>(
    assessment.incidents.map(({ incident }) => [incident.id, incident]),
  );
  const changed = [...incidents.values()];
  const cited = new Set(
    changed.flatMap(({ facts }) => facts.flatMap(({ claims }) => claims.map(({ report }) => report))),
  );
  if (report) cited.add(report.id);
  if (correction) cited.add(correction.report);
  const [reports, subscriptions, threads, recent] = await Promise.all([
    reader.reports([...cited]),
    reader.subscriptionsTo(placesOf(updates, changed, wording)),
    reader.threadsOf([...incidents.keys()]),
    Promise.all(updates.map(({ incident }) => reader.updateTimes(incident, rules.atOnce))),
  ]);
  const context: RenderContext = { ...wording, reports: new Map(reports.map((one) => [one.id, one])) };
  const { alerts, digests } = route(updates, changed, subscriptions, threads, wording);
  const fullAt = withheldUntil(now, rules.sensitivity);
  const gathered = new Set<UpdateId>(
    updates.filter((update, index) => isGathered(update, recent[index] ?? [], rules)).map(({ id }) => id),
  );
  const discretion = await discretionIn(changed, alerts, reader, rules.sensitivity);
  const told = alerts.flatMap((alert) => {
    const update = updates.find(({ id }) => id === alert.update);
    const incident = incidents.get(alert.incident);
    if (!update || !incident) return [];
    switch (discretion(alert)) {
      case 'off':
        return deliveriesOf(alert, update, incident, context);
      case 'coarse':
        return deliveriesOf(
          alert,
          coarseUpdate(update, wording.places),
          coarseIncident(incident, wording.places),
          { ...context, withheldUntil: fullAt },
        );
      case 'delay':
        return [];
    }
  });
  const waits = ({ op, update }: NewThreadDelivery): boolean => op === 'reply' && gathered.has(update);
  const until = gatheredUntil(now, rules);
  return {
    assessment,
    deliveries: told.filter((delivery) => !waits(delivery)),
    withheld: alerts
      .filter((alert) => discretion(alert) !== 'off')
      .map(({ incident, destination }) => ({ incident, destination, until: fullAt })),
    held: told.filter(waits).map((delivery) => ({ ...delivery, until })),
    digests: digests.map((item) => ({ ...item, due: nextDigest(item.mode, now, rules) })),
  };
}
