import type { IncidentId } from '../../../model/ids.ts';
import { shortIdOf, type Claim, type Incident, type Standing, type Update } from '../../../model/incident.ts';
import type { Report } from '../../../model/report.ts';
import { dayOf } from '../../../model/time.ts';
import type { DeskWords, IncidentRecord } from '../ports.ts';
import { evidenceHtml, evidenceId, factAnchor, type NumberedFact } from './evidence.ts';
import { lineHtml, linkHtml } from './message.ts';
import { incidentPath } from './paths.ts';
import { html, type Html } from './template.ts';
import { calm } from '../../text.ts';
import { textHtml } from './text.ts';
import { dayHtml, publishedHtml } from './time.ts';

const STANCES: Readonly<Record<Claim['stance'], string>> = {
  says: 'says so',
  gains: 'says so, and gains by it',
  admits: 'says so, although it loses by it',
  denies: 'denies it',
};

export const standingHtml = (standing: Standing, words: DeskWords): Html =>
  html`<span class="chip chip-${standing}">${calm(words.standing(standing))}</span>`;

const reportAnchor = (report: string): string => `report-${report}`;

function claimHtml(claim: Claim): Html {
  const { origin, outlet, figures, instead } = claim;
  const via = origin.kind === 'outlet' || origin.name === outlet ? undefined : outlet;
  return html`<li>
    <strong><bdi>${calm(origin.name)}</bdi></strong>
    ${
      instead === undefined
        ? STANCES[claim.stance]
        : html`says that it is held by <bdi>${calm(instead.replaceAll('\n', ', '))}</bdi>`
    }${
      figures.length > 0
        ? html`:
          ${figures.map((figure, index) => html`${index > 0 ? ', ' : ''}<bdi>“${calm(figure.text)}”</bdi>`)}`
        : ''
    }
    <span class="quiet"
      >${via === undefined ? '' : html`· reported by <bdi>${calm(via)}</bdi>`} · ${publishedHtml(claim.at)} ·
      source grade ${origin.reliability}</span
    >
    · <a href="#${evidenceId(claim.statement)}">evidence</a>
  </li>`;
}

function factHtml({ number, fact }: NumberedFact, words: DeskWords): Html {
  return html`<li class="card" id="${factAnchor(fact.id)}" value="${number}">
    <header>
      <h3 dir="auto"><span class="quiet">${number}.</span> ${lineHtml(words.fact(fact))}</h3>
      ${standingHtml(fact.standing, words)}
    </header>
    <p class="why" dir="auto">
      ${textHtml(words.reason(fact.why))}${fact.date === undefined ? '' : html` · ${dayHtml(fact.date)}`}
    </p>
    <ul class="claims" aria-label="Who said what">
      ${fact.claims.map((claim) => claimHtml(claim))}
    </ul>
  </li>`;
}

function reportHtml(report: Report, record: IncidentRecord, facts: readonly NumberedFact[]): Html {
  const statements = record.statements.filter((statement) => statement.report === report.id);
  return html`<article
    class="card"
    id="${reportAnchor(report.id)}"
    aria-label="Report by ${calm(report.outlet)}"
  >
    <header>
      <h3><bdi>${calm(report.title ?? report.outlet)}</bdi></h3>
      <p class="quiet">${publishedHtml(report.published)}</p>
    </header>
    <p class="quiet">
      <bdi>${calm(report.outlet)}</bdi> ·
      <code>${report.id}</code>${report.url === undefined ? '' : html` · ${linkHtml('original', report.url)}`}
    </p>
    <div lang="${report.language}">${evidenceHtml(report.body, statements, facts)}</div>
  </article>`;
}

/** The happenings that it was put together with, or parted from. */
const othersHtml = ({ changes }: Update): Html =>
  html`${changes.map((change) =>
    'other' in change
      ? html`<p class="quiet">
          <a href="${incidentPath(change.other)}">Incident #${shortIdOf(change.other)}</a>
        </p>`
      : '',
  )}`;

function updateHtml(update: Update, record: IncidentRecord, words: DeskWords): Html {
  const later = record.updates.slice(record.updates.indexOf(update) + 1);
  const report = record.reports.find(({ id }) => id === update.report);
  return html`<li>
    <p class="quiet">
      ${publishedHtml(update.at)} ·
      ${update.kinds.join(', ')}${
        report ? html` · <a href="#${reportAnchor(report.id)}"><bdi>${calm(report.outlet)}</bdi></a>` : ''
      }
    </p>
    ${othersHtml(update)}
    ${words.update(update, record, later).map((line) => html`<p dir="auto">${lineHtml(line)}</p>`)}
  </li>`;
}

export function incidentMain(record: IncidentRecord, words: DeskWords): Html {
  const { incident } = record;
  const facts = incident.facts.map((fact, index) => ({ number: index + 1, fact }));
  return html`<p class="trail"><a href="/incidents">Incidents</a></p>
    <h1><bdi>${textHtml(words.headline(incident))}</bdi></h1>
    <p class="quiet lead">
      #${shortIdOf(incident.id)} · ${incident.state === 'open' ? 'Open' : 'Closed'} · first report
      ${publishedHtml(incident.opened)} · last change ${publishedHtml(incident.lastActivity)}
    </p>
    ${incident.mergedInto === undefined ? '' : html`<p class="lead">${toldUnder(incident.mergedInto)}</p>`}
    ${maybeSameHtml(record, words)}
    <h2 id="facts">What is said to have happened</h2>
    <ol class="plain" aria-labelledby="facts">
      ${facts.map((fact) => factHtml(fact, words))}
    </ol>
    <h2 id="timeline">How it came to be known</h2>
    <ol class="timeline" aria-labelledby="timeline">
      ${record.updates.map((update) => updateHtml(update, record, words))}
    </ol>
    ${matchingHtml(record, words)}
    <h2>Reports, with the evidence marked</h2>
    ${record.reports.map((report) => reportHtml(report, record, facts))}`;
}

const toldUnder = (id: IncidentId): Html =>
  html`The same happening as <a href="${incidentPath(id)}">#${shortIdOf(id)}</a>, and told there.`;

/** Both ways: what it was told to be like, and what was told to be like it. */
const maybeSameHtml = ({ maybeSame }: IncidentRecord, words: DeskWords): Html =>
  maybeSame.length === 0
    ? html``
    : html`<p class="lead">May be the same happening as:</p>
        <ul class="claims">
          ${maybeSame.map(
            (other) =>
              html`<li>
                <a href="${incidentPath(other.id)}"><bdi>${textHtml(words.headline(other))}</bdi></a>
                <span class="quiet">#${shortIdOf(other.id)}</span>
              </li>`,
          )}
        </ul>`;

function decisionHtml(
  decision: IncidentRecord['decisions'][number],
  record: IncidentRecord,
  words: DeskWords,
): Html {
  const report = record.reports.find(({ id }) => id === decision.report);
  const stands = record.statements.some(({ id }) => id === decision.statement);
  const outlet = html`<bdi>${calm(report?.outlet ?? 'a report')}</bdi>`;
  return html`<li>
    <strong>${stands ? html`<a href="#${evidenceId(decision.statement)}">${outlet}</a>` : outlet}</strong>
    ${textHtml(words.reason(decision.reason))}
    ${report ? html`<span class="quiet">· ${publishedHtml(report.published)}</span>` : ''}
  </li>`;
}

/** Why each statement was taken for this happening: by what it was found, how like it is, and what was decided. */
const matchingHtml = (record: IncidentRecord, words: DeskWords): Html =>
  record.decisions.length === 0
    ? html``
    : html`<h2 id="matching">Why these reports are one happening</h2>
        <ul class="claims" aria-labelledby="matching">
          ${record.decisions.map((decision) => decisionHtml(decision, record, words))}
        </ul>`;

/** One line of a list of incidents. */
export const incidentItem = (incident: Incident, words: DeskWords): Html =>
  html`<li class="card">
    <header>
      <h3>
        <a href="${incidentPath(incident.id)}"><bdi>${textHtml(words.headline(incident))}</bdi></a>
      </h3>
      ${incident.facts[0] ? standingHtml(incident.facts[0].standing, words) : ''}
    </header>
    <p class="quiet">
      ${incident.state === 'open' ? 'Open' : 'Closed'} · last change ${publishedHtml(incident.lastActivity)}
    </p>
  </li>`;

const dayList = (day: string, incidents: readonly Incident[], words: DeskWords): Html =>
  html`<section>
    <h2>${dayHtml(day)}</h2>
    <ul class="plain">
      ${incidents.map((incident) => incidentItem(incident, words))}
    </ul>
  </section>`;

/** What a list of incidents is narrowed to; absent: all of them. */
type Only = 'news' | 'past' | undefined;

const CHOICES: readonly (readonly [Only, string])[] = [
  [undefined, 'All'],
  ['news', 'News'],
  ['past', 'Newly learned about the past'],
];

const NONE: Readonly<Record<NonNullable<Only> | 'all', string>> = {
  all: 'No incident yet: no report told of a change in who holds a place or who left it.',
  news: 'No report told of news: a change in who holds a place or who left it.',
  past: 'No report told of something that lay in the past and was not known before.',
};

const choicesHtml = (only: Only): Html =>
  html`<nav class="choices" aria-label="Which incidents">
    ${CHOICES.map(
      ([choice, name]) =>
        html`<a
          href="${choice === undefined ? '/incidents' : `/incidents?only=${choice}`}"
          ${choice === only ? html` aria-current="page"` : html``}
          >${name}</a
        >`,
    )}
  </nav>`;

/** @param only what the list was narrowed to */
export function incidentsMain(incidents: readonly Incident[], only: Only, words: DeskWords): Html {
  const days = Map.groupBy(incidents, ({ lastActivity }) => dayOf(lastActivity));
  return html`<h1>Incidents</h1>
    <p class="quiet lead">What was put together from the reports, told or not, newest change first.</p>
    ${choicesHtml(only)}
    ${
      incidents.length === 0
        ? html`<p class="empty">${NONE[only ?? 'all']}</p>`
        : [...days].map(([day, those]) => dayList(day, those, words))
    }`;
}
