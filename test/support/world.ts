import { resolve } from 'node:path';
import { assess, blocksOf, ledgerPlacesOf, sketch } from '../../src/assess/assess.ts';
import { retract } from '../../src/assess/correct/retract.ts';
import type { Withdrawal } from '../../src/assess/correct/types.ts';
import { rule } from '../../src/assess/rule.ts';
import type { Assessment, Knowledge, NearReport } from '../../src/assess/types.ts';
import type { Regions } from '../../src/config/regions.ts';
import { firstDayOf, rowsFor } from '../../src/assess/ledger/window.ts';
import { readStrings } from '../../src/config/locales.ts';
import type { ControlEntry } from '../../src/model/control.ts';
import {
  correctionId,
  destinationId,
  placeId,
  rulingId,
  subscriptionId,
  type ReportId,
} from '../../src/model/ids.ts';
import type { Incident, Update } from '../../src/model/incident.ts';
import type { Report } from '../../src/model/report.ts';
import { accountKey, type Ruled, type Ruling } from '../../src/model/ruling.ts';
import type { Alert, DigestItem, NoAlert, Subscription } from '../../src/model/telling.ts';
import { instant, type Day } from '../../src/model/time.ts';
import { placeKeyOf, type PlaceRef } from '../../src/model/place.ts';
import { holdingsIn } from '../../src/assess/ledger/inherit.ts';
import { siegeOn } from '../../src/assess/ledger/siege.ts';
import { standingOn } from '../../src/assess/ledger/stale.ts';
import { renderStatus } from '../../src/render/answers.ts';
import { headlineOf } from '../../src/render/clause.ts';
import { renderReply } from '../../src/render/reply.ts';
import { renderRoot } from '../../src/render/root.ts';
import type { RenderContext } from '../../src/render/sources.ts';
import { toText } from '../../src/render/text.ts';
import { route } from '../../src/route/route.ts';
import type { ThreadKey } from '../../src/route/types.ts';
import { knowledge } from './places.ts';
import type { Told } from './statements.ts';

export const strings = readStrings(resolve(import.meta.dirname, '../..'));

export interface Outcome {
  readonly assessment: Assessment;
  readonly alerts: readonly Alert[];
  readonly digests: readonly DigestItem[];
  readonly silent: readonly NoAlert[];
  /** `kinds channel: text` of what was told. */
  readonly texts: readonly string[];
}

export interface Subscribed {
  readonly channel: string;
  readonly place?: string;
  readonly filters?: Partial<Subscription['filters']>;
  readonly mode?: Subscription['mode'];
}

export const subscribed = ({ channel, place, filters, mode = 'live' }: Subscribed): Subscription => ({
  id: subscriptionId(`s-${channel}-${place ?? 'all'}`),
  destination: destinationId(channel),
  ...(place !== undefined && { place: placeId(place) }),
  filters: { types: [], standing: 'claimed', ...filters },
  mode,
  created: instant('2018-01-01'),
});

/** What is known, kept in memory the way the store keeps it: reports are told one after the other. */
export class World {
  readonly incidents = new Map<string, Incident>();
  readonly updates: Update[] = [];
  readonly reports = new Map<ReportId, Report>();
  rows: readonly ControlEntry[] = [];
  readonly #blocks = new Map<string, ReadonlySet<string>>();
  #sketches: (NearReport & { readonly bands: readonly string[] })[] = [];
  #threads: ThreadKey[] = [];
  readonly #subscriptions: readonly Subscription[];
  #clock = Date.parse('2018-06-30T00:00:00Z');

  readonly #knowledge: Knowledge;

  /** What was decided, oldest first. */
  readonly rulings: Ruled[];

  /** @param rulings decided before the reports come on whose accounts they are */
  constructor(
    subscriptions: readonly Subscribed[] = [{ channel: 'all' }],
    known: Knowledge = knowledge,
    rulings: readonly Ruled[] = [],
  ) {
    this.#knowledge = known;
    this.rulings = [...rulings];
    this.#subscriptions = subscriptions.map(subscribed);
  }

  get context(): RenderContext {
    return { ...this.#knowledge, strings, reports: this.reports };
  }

  /** As the store reads them. */
  #ledgerOf(keys: ReadonlySet<string>, day: Day): readonly ControlEntry[] {
    const believed = this.rows.filter(
      ({ place, recordedTo }) => recordedTo === undefined && keys.has(place.key),
    );
    return [...Map.groupBy(believed, ({ place }) => place.key).values()].flatMap((rows) =>
      rowsFor(rows, day),
    );
  }

  tell(told: Told): Outcome {
    const { report, source, statements } = told;
    const { shingles, bands } = sketch(report.body);
    const wanted = new Set(blocksOf(report, statements, this.#knowledge));
    const keys = new Set<string>(ledgerPlacesOf(statements));
    const assessment = assess(
      {
        report,
        source,
        statements,
        incidents: [...this.incidents.values()].filter(
          (incident) =>
            !wanted.isDisjointFrom(this.#blocks.get(incident.id) ?? new Set()) ||
            this.#isRuledWith(incident, report.id),
        ),
        rulings: this.rulings,
        ledger: this.#ledgerOf(keys, firstDayOf(report, statements)),
        near: this.#sketches.filter(
          (other) => other.report !== report.id && other.bands.some((band) => bands.includes(band)),
        ),
        now: instant((this.#clock += 60_000)),
      },
      this.#knowledge,
    );
    this.reports.set(report.id, report);
    this.#sketches.push({
      report: report.id,
      outlet: report.outlet,
      published: report.published,
      shingles,
      bands,
    });
    this.#keep(assessment);
    return this.#told(assessment);
  }

  /** It was there when its feed was heard for the first time. */
  silence(report: ReportId): void {
    this.#sketches = this.#sketches.map((one) => (one.report === report ? { ...one, unheard: true } : one));
  }

  /** A decision names an account of it beside one of the report's. */
  #isRuledWith({ accounts }: Incident, report: ReportId): boolean {
    const keys = accounts.map(accountKey);
    const isTheirs = (key: string): boolean => key.startsWith(`${report}.`);
    return this.rulings.some(
      ({ ones, others }) =>
        (ones.some(isTheirs) && others.some((key) => keys.includes(key))) ||
        (others.some(isTheirs) && ones.some((key) => keys.includes(key))),
    );
  }

  /** A person decides, once all that came before was judged. */
  rule(decision: Pick<Ruling, 'kind' | 'incident' | 'other' | 'statements'>, reason = ''): Outcome {
    const incident = this.incidents.get(decision.incident)!;
    const other = decision.other && this.incidents.get(decision.other);
    const blocks = new Set(
      [incident, ...(other ? [other] : [])].flatMap(({ id }) => [...this.#blocks.get(id)!]),
    );
    const assessment = rule(
      {
        ruling: {
          ...decision,
          id: rulingId(`g${this.rulings.length}`),
          by: 'the duty officer',
          reason,
          requested: instant(this.#clock),
        },
        incident,
        ...(other && { other }),
        near: [...this.incidents.values()].filter(
          ({ id }) => !blocks.isDisjointFrom(this.#blocks.get(id) ?? new Set()),
        ),
        absorbed: [...this.incidents.values()].filter(({ mergedInto }) => mergedInto === incident.id),
        rulings: this.rulings,
        now: instant((this.#clock += 60_000)),
      },
      this.#knowledge,
    );
    if (assessment.ruled) this.rulings.push(assessment.ruled);
    this.#keep(assessment);
    return this.#told(assessment);
  }

  /** A person takes a report back, once all that came before was judged. */
  retract(id: ReportId, reason = ''): Outcome {
    const standsOn = ({ report }: { readonly report: ReportId }): boolean => report === id;
    const withdrawal: Withdrawal = {
      correction: {
        id: correctionId(`x_${id}`),
        kind: 'retraction',
        report: id,
        by: 'the duty officer',
        reason,
        requested: instant(this.#clock),
      },
      reports: new Set([id]),
      incidents: [...this.incidents.values()].filter(
        ({ facts, mergedInto }) => !mergedInto && facts.some(({ claims }) => claims.some(standsOn)),
      ),
      moved: new Set(this.updates.filter(standsOn).map(({ incident }) => incident)),
      ledger: this.rows.filter(({ recordedTo }) => recordedTo === undefined),
    };
    const assessment = retract(
      { withdrawal, report: this.reports.get(id)!, now: instant((this.#clock += 60_000)) },
      this.#knowledge,
    );
    this.#keep(assessment);
    return this.#told(assessment);
  }

  #keep({ incidents, updates, ledger }: Assessment): void {
    for (const { incident, blocks } of incidents) {
      this.incidents.set(incident.id, incident);
      this.#blocks.set(incident.id, new Set(blocks));
    }
    this.updates.push(...updates);
    const closed = new Map(ledger.close.map(({ id, recordedTo }) => [id, recordedTo]));
    const before = this.rows.map((row) => {
      const recordedTo = row.recordedTo ?? closed.get(row.id);
      return recordedTo === undefined ? row : { ...row, recordedTo };
    });
    this.rows = [...before, ...ledger.open];
  }

  #told(assessment: Assessment): Outcome {
    const changed = assessment.incidents.map(({ incident }) => incident);
    const { alerts, digests, silent } = route(
      assessment.updates,
      changed,
      this.#subscriptions,
      this.#threads,
      this.#knowledge,
    );
    const texts = alerts.map((alert) => {
      const incident = this.incidents.get(alert.incident)!;
      const update = assessment.updates.find(({ id }) => id === alert.update)!;
      const message =
        alert.thread === 'root'
          ? renderRoot(incident, this.context)
          : renderReply(update, incident, this.context);
      return toText(message, strings);
    });
    const opened = alerts.filter(({ thread }) => thread === 'root');
    this.#threads.push(...opened.map(({ incident, destination }) => ({ incident, destination })));
    return { assessment, alerts, digests, silent, texts };
  }

  /** Nothing more is heard there of the threads that it has. */
  mute(channel: string): void {
    this.#threads = this.#threads.map((thread) =>
      thread.destination === destinationId(channel) ? { ...thread, muted: true } : thread,
    );
  }

  /** Headlines of all incidents, sorted. */
  headlines(): readonly string[] {
    return [...this.incidents.values()].map((incident) => headlineOf(incident, this.context)).sort();
  }

  /** What is believed of a place: `holders standing from–to (last confirmed)`, in order. */
  ledger(place: string): readonly string[] {
    return this.rows
      .filter((row) => row.recordedTo === undefined && row.place.key === place)
      .map(
        ({ holders, part, standing, validFrom, validTo, lastConfirmed }) =>
          `${holders.map(({ id, text }) => id ?? text).join('+') || 'nobody'}${part ? ' part' : ''} ${standing} ` +
          `${validFrom}–${validTo ?? ''} (${lastConfirmed})`,
      )
      .sort();
  }

  /** What /status says of a place on a day. */
  status(place: string, on: Day, regions: Regions): string {
    const found = this.#knowledge.places.get(placeId(place))!;
    const rows = this.rows
      .filter(
        ({ recordedTo, validFrom, validTo }) =>
          recordedTo === undefined && validFrom <= on && (validTo === undefined || validTo > on),
      )
      .map((row) => standingOn(row, on));
    const ref: PlaceRef = { ...found, key: placeKeyOf(found.id) };
    const { held, inside } = holdingsIn(ref, rows, regions, this.#knowledge.actors);
    const around = [ref.key, ...regions.regionsOf(found.id).map(placeKeyOf)];
    const siege = siegeOn(around, [...this.incidents.values()], on);
    return toText(
      renderStatus({ place: ref, held, inside, ...(siege && { siege }), now: instant(on) }, this.context),
      strings,
    );
  }

  root(index = 0): string {
    return toText(renderRoot([...this.incidents.values()][index]!, this.context), strings);
  }
}

export const kindsOf = (outcome: Outcome): readonly string[] =>
  outcome.assessment.updates.map(({ kinds }) => kinds.join('+'));
