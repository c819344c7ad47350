import { appCommands } from '../app/commands.ts';
import { learn } from '../app/knowledge.ts';
import { openLog } from '../app/log.ts';
import { deskDestination } from '../chat/desk/channel.ts';
import type { Question } from '../commands/definition.ts';
import { askEvidence, incidentInput } from '../commands/evidence.ts';
import { askTimeline, timelineInput } from '../commands/timeline.ts';
import { askWhyNot, whyNotInput } from '../commands/why-not.ts';
import { loadConfig } from '../config/load.ts';
import { shortIdOf, type Fact, type Incident } from '../model/incident.ts';
import type { Message } from '../model/message.ts';
import { systemClock } from '../model/time.ts';
import { headlineOf } from '../render/clause.ts';
import {
  renderEvidence,
  renderTimeline,
  renderWhyNot,
  type EvidenceAnswer,
  type TimelineAnswer,
  type WhyNotAnswer,
} from '../render/inquiries.ts';
import type { Wording } from '../render/names.ts';
import { toText } from '../render/text.ts';
import { besideTheBot, inFull } from './beside.ts';
import { ROOT } from './root.ts';
import { printJson, say } from './terminal.ts';

type Asked<A> = { readonly answer: A } | { readonly message: Message };

/** A command that the terminal asks too. */
interface Asking<Input, A> {
  readonly name: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly input: { safeParse(value: unknown): { success: true; data: Input } | { success: false } };
  readonly ask: (input: Input, context: Question) => Promise<Asked<A>>;
  readonly render: (answer: A, wording: Wording) => Message;
  readonly data: (answer: A, wording: Wording) => object;
}

/** Exit status 1 when the question cannot be answered. */
async function atTheTerminal<Input, A>(
  { name, typed, input, ask, render, data }: Asking<Input, A>,
  { json, channel = 'terminal' }: { readonly json?: true; readonly channel?: string },
): Promise<void> {
  const { places, wording } = await learn(ROOT, loadConfig({ root: ROOT, env: process.env }).dataDir);
  const destination = deskDestination(channel.replace(/^#/, ''));
  const asked = await besideTheBot(async ({ database: { store }, book }): Promise<Asked<A>> => {
    const read = input.safeParse(typed);
    const clock = systemClock;
    if (read.success)
      return ask(read.data, { store, places, wording, destination, now: clock(), show: inFull });
    const parts = {
      store,
      reports: store,
      book,
      learnt: { places, wording },
      shown: inFull,
      clock,
      log: openLog('warn'),
    };
    return { message: await appCommands(parts).run(name, typed, { destination, manages: true }) };
  });
  if ('message' in asked) process.exitCode = 1;
  const told = (): string =>
    toText('message' in asked ? asked.message : render(asked.answer, wording), wording.strings);
  if (!json) say(told());
  else
    printJson(
      'message' in asked ? { ok: false, problem: told() } : { ok: true, ...data(asked.answer, wording) },
    );
}

const factData = (fact: Fact) => ({
  id: fact.id,
  type: fact.type,
  status: fact.status,
  phase: fact.phase,
  places: fact.places.map(({ name, id }) => ({ name, id })),
  to: fact.toPlaces.map(({ name, id }) => ({ name, id })),
  date: fact.date,
  standing: fact.standing,
});

const incidentData = (incident: Incident, wording: Wording) => ({
  incident: incident.id,
  name: shortIdOf(incident.id),
  headline: headlineOf(incident, wording),
  state: incident.state,
  lastActivity: incident.lastActivity,
});

const timelineData = ({ place, incidents, around, from }: TimelineAnswer, wording: Wording) => ({
  place: { name: place.name, id: place.id },
  from,
  incidents: incidents.map((incident) => ({
    ...incidentData(incident, wording),
    facts: incident.facts.map(factData),
    withdrawn: (incident.withdrawn ?? []).map(factData),
  })),
  around: around.map((incident) => ({
    ...incidentData(incident, wording),
    facts: incident.facts.map(factData),
  })),
});

const evidenceData = ({ incident, reports, sentences }: EvidenceAnswer, wording: Wording) => ({
  ...incidentData(incident, wording),
  facts: incident.facts.map((fact) => ({
    ...factData(fact),
    claims: fact.claims.map(({ statement, report, outlet, origin, stance, quote, at }) => ({
      report,
      outlet,
      url: reports.get(report)?.url,
      origin: origin.name,
      stance,
      sentence: sentences.get(statement) ?? quote,
      at,
    })),
  })),
});

function whyNotData(answer: WhyNotAnswer, wording: Wording): object {
  if (answer.kind === 'not_received') return { stage: answer.kind, asked: answer.typed };
  const report = { id: answer.report.id, outlet: answer.report.outlet, url: answer.report.url };
  if (answer.kind !== 'judged') {
    const { kind, report: _, ...more } = answer;
    return { ...more, stage: kind, report };
  }
  return {
    stage: answer.outcomes.length === 0 ? 'read_nothing' : 'judged',
    report,
    withdrawn: answer.withdrawn,
    outcomes: answer.outcomes.map((outcome) => ({
      kind: outcome.kind,
      sentence: outcome.quote,
      rule: outcome.reason?.key,
      ...('incident' in outcome && incidentData(outcome.incident, wording)),
      ...('why' in outcome && { channel: outcome.why.key }),
    })),
  };
}

interface Json {
  readonly json?: true;
}

/** `sitrep timeline PLACE`: the answer of /timeline. */
export const timeline = (
  place: string,
  { days, ...options }: Json & { readonly days?: string },
): Promise<void> =>
  atTheTerminal(
    {
      name: 'timeline',
      typed: { place, ...(days !== undefined && { days }) },
      input: timelineInput,
      ask: askTimeline,
      render: renderTimeline,
      data: timelineData,
    },
    options,
  );

/** `sitrep evidence INCIDENT`: the answer of /evidence. */
export const evidence = (incident: string, options: Json): Promise<void> =>
  atTheTerminal(
    {
      name: 'evidence',
      typed: { incident },
      input: incidentInput,
      ask: askEvidence,
      render: renderEvidence,
      data: evidenceData,
    },
    options,
  );

/** `sitrep why-not REPORT`: the answer of /why-not, for a channel of the desk or for none. */
export const whyNot = (report: string, options: Json & { readonly channel?: string }): Promise<void> =>
  atTheTerminal(
    {
      name: 'why-not',
      typed: { report },
      input: whyNotInput,
      ask: (input, context) => askWhyNot(input, context, options.channel === undefined),
      render: renderWhyNot,
      data: whyNotData,
    },
    options,
  );
