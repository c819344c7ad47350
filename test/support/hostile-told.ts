import { ownHolding } from '../../src/assess/ledger/inherit.ts';
import fc from 'fast-check';
import type { Incident, Update } from '../../src/model/incident.ts';
import { correctionId, reportId, subscriptionId, destinationId } from '../../src/model/ids.ts';
import type { Message } from '../../src/model/message.ts';
import type { NamedPlace } from '../../src/render/names.ts';
import { instant, day } from '../../src/model/time.ts';
import {
  renderAmbiguousPlace,
  renderMistake,
  renderStatus,
  renderSubscribed,
  renderSubscriptions,
  renderUnknownPlace,
  renderUnsubscribed,
} from '../../src/render/answers.ts';
import {
  renderClosed,
  renderHandedIn,
  renderMuted,
  renderNotTaken,
  renderSources,
} from '../../src/render/channel-answers.ts';
import { renderDigest } from '../../src/render/digest.ts';
import { renderGathered } from '../../src/render/gathered.ts';
import {
  renderDisclosed,
  renderEvidence,
  renderManyIncidents,
  renderTimeline,
  renderUnknownIncident,
  renderWhichReport,
  renderWhy,
  renderWhyNot,
} from '../../src/render/inquiries.ts';
import { renderReply } from '../../src/render/reply.ts';
import { renderRoot } from '../../src/render/root.ts';
import { hostileText, hostileUrl } from './hostile.ts';
import { count, deal, evacuated, fled, report, took } from './statements.ts';
import { World } from './world.ts';

const at = instant('2018-05-20T10:00:00Z');

/** Everything that Sitrep says, of reports whose names, words and addresses are chosen by somebody who means harm. */
function told(words: readonly string[], url: string): readonly Message[] {
  const say = (index: number): string => words[index % words.length] ?? '';
  const world = new World();
  const reports = [
    report(
      '2018-05-20',
      [took(say(0), `${say(1)}@abu-kamal`, { by: say(2), from: [say(3)], words: say(4) })],
      {
        id: 'a',
        outlet: say(5),
        url,
      },
    ),
    report(
      '2018-05-21',
      [
        took(say(0), 'hajin', { by: say(2), from: [say(3)], words: say(4) }),
        evacuated('yarmouk', {
          from: [say(1)],
          towards: [`${say(6)}@idlib`],
          people: count(300, 'people', say(7)),
          by: say(3),
        }),
      ],
      { id: 'b', outlet: say(6), url },
    ),
    report('2018-05-22', [deal('yarmouk', { status: 'denied', by: say(5), parties: [say(1), say(2)] })], {
      id: 'c',
      outlet: say(7),
    }),
    report('2018-05-22', [fled('hajin', { people: count(10, 'families', say(1)), by: say(0) })], {
      id: 'd',
      outlet: say(1),
    }),
  ];
  for (const one of reports) world.tell(one);
  const { context } = world;
  const incidents = [...world.incidents.values()];
  const replies = world.updates.map((update) =>
    renderReply(update, world.incidents.get(update.incident)!, context),
  );
  return [
    ...incidents.map((incident) => renderRoot(incident, context)),
    ...replies,
    ...world.updates.map((update) => corrected(update, world, say)),
    ...(replies.length > 0 ? [renderGathered(replies, context)] : []),
    renderDigest(
      incidents.map((incident) => ({ incident, updates: world.updates })),
      context,
    ),
    ...incidents.flatMap((incident) => answersOn(incident, world, say)),
    ...answersTo(incidents, world, say),
  ];
}

type Say = (index: number) => string;

/** The reply of an update that a correction made. */
function corrected(update: Update, { context, incidents }: World, say: Say): Message {
  const incident = incidents.get(update.incident)!;
  const [fact] = incident.facts;
  return renderReply(
    {
      ...update,
      kinds: ['retracted'],
      changes: fact ? [{ kind: 'gone', fact: fact.id, was: fact }] : [],
      correction: {
        id: correctionId('c'),
        kind: 'retraction',
        report: reportId('a'),
        by: say(2),
        reason: say(3),
        published: false,
      },
    },
    incident,
    context,
  );
}

function answersOn(incident: Incident, { context, reports, updates }: World, say: Say): readonly Message[] {
  const sentences = new Map(
    incident.facts.flatMap(({ claims }) => claims.map(({ statement }) => [statement, say(4)] as const)),
  );
  const [update] = updates;
  return [
    renderEvidence({ incident, reports, sentences }, context),
    renderDisclosed({ done: true, incident, by: say(0) }, context),
    renderWhy(
      {
        incident,
        destination: say(1),
        coarse: false,
        statements: [],
        decisions: [],
        subscriptions: [],
        ...(update && {
          here: { mutedUntil: at, told: [{ update, op: 'reply', state: 'sent', at }] },
        }),
      },
      context,
    ),
  ];
}

function answersTo(incidents: readonly Incident[], world: World, say: Say): readonly Message[] {
  const { context } = world;
  const [known] = world.reports.values();
  const place: NamedPlace = { name: say(0), nameAr: say(1), within: [] };
  const destination = say(2);
  const filters = { types: ['control'], standing: 'confirmed' } as const;
  const subscription = {
    id: subscriptionId('s'),
    destination: destinationId('d'),
    filters,
    mode: 'daily',
    created: at,
  } as const;
  const hajin = world.rows.map((row) => ownHolding({ ...row, place: { ...row.place, name: say(3) } }));
  const inherited = hajin
    .slice(0, 1)
    .map((row) => ({ ...row, inherited: { ...row.place, name: say(4) }, before: world.rows }));
  return [
    renderStatus(
      {
        place,
        held: world.rows.map(ownHolding),
        inside: [...hajin, ...inherited],
        recent: incidents,
        now: at,
      },
      context,
    ),
    renderStatus({ place, held: [], inside: [], now: at, at: day('2018-05-20') }, context),
    renderTimeline({ place, incidents, around: [], full: true }, context),
    renderAmbiguousPlace({ name: say(4), command: 'status', choices: [place] }, context),
    renderUnknownPlace({ name: say(4), command: 'status', suggestions: [place] }, context),
    renderSubscribed({ result: 'added', destination, place, filters, mode: 'hourly' }, context),
    renderUnsubscribed({ removed: true, destination, place }, context),
    renderSubscriptions({ destination, subscriptions: [{ subscription, place }] }, context),
    renderManyIncidents({ typed: say(5), command: 'why', choices: incidents }, context),
    renderUnknownIncident({ typed: say(5), command: 'why', recent: incidents }, context),
    renderMuted({ done: true, destination, incident: say(6), until: at }, context),
    renderClosed({ destination, why: say(6), since: at }, context),
    renderHandedIn({ kind: 'refused', why: say(7) }, context),
    renderNotTaken(renderHandedIn({ kind: 'refused', why: say(7) }, context), say(1), context),
    renderSources(
      [{ name: say(0), reliability: 'F', side: say(1), lastReport: at, failing: say(2) }],
      context,
    ),
    renderMistake({ kind: 'unknown_command', typed: say(3), suggestion: '/status' }, context),
    renderMistake({ kind: 'bad_option', typed: say(3), allowed: ['a', 'b'], usage: '/mute X' }, context),
    renderMistake({ kind: 'bad_date', typed: say(3), usage: '/status X' }, context),
    ...(known
      ? [
          renderWhichReport({ typed: say(4), choices: [known, { ...known, title: say(5) }] }, context),
          renderWhyNot({ kind: 'quarantined', report: { ...known, title: say(5) }, error: say(6) }, context),
          renderWhyNot({ kind: 'duplicate', report: known, of: known }, context),
          renderWhyNot(
            {
              kind: 'judged',
              report: known,
              withdrawn: true,
              destination,
              outcomes: incidents.map((incident) => ({ kind: 'silent', incident, quote: say(4) })),
            },
            context,
          ),
        ]
      : []),
  ];
}

/** One of the messages that hostile reports, names and inputs make. */
export const toldMessage: fc.Arbitrary<Message> = fc
  .record({
    words: fc.array(hostileText, { minLength: 8, maxLength: 8 }),
    url: hostileUrl,
    which: fc.nat({ max: 10_000 }),
  })
  .map(({ words, url, which }) => {
    const all = told(words, url);
    return all[which % all.length]!;
  });
