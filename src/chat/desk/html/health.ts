import type { Instant } from '../../../model/time.ts';
import type {
  DestinationHealth,
  FailingDelivery,
  HealthRecord,
  QuarantinedReport,
  SourceHealth,
} from '../ports.ts';
import { isBlind, isClosed, watchText, type Watch } from '../watch.ts';
import { html, type Html } from './template.ts';
import { calm } from '../../text.ts';
import { agoHtml, momentHtml } from './time.ts';

const MEANING: Readonly<Record<Watch['state'], string>> = {
  watching:
    'Every source is being heard and all that was heard was told. Silence means that no report told of a change.',
  partial:
    'Some feeds have not been asked yet: what they publish is not known, and their silence means nothing.',
  blind: 'Something keeps us from hearing or from telling. Silence where it stands below may hide a change.',
  idle: 'No report has come in from any source. Silence means nothing yet.',
};

const QUEUES = [
  ['read', 'Reports to read'],
  ['judge', 'Reports to judge'],
  ['deliver', 'Alerts to hand over'],
] as const;

const queueHtml = (health: HealthRecord, now: Instant): Html =>
  html`<dl class="summary">
    ${QUEUES.map(([stage, name]) => {
      const { count, oldest } = health.waiting[stage];
      return html`<div>
        <dt>${name}</dt>
        <dd>
          ${count}${oldest === undefined ? '' : html`<small>the oldest from ${agoHtml(oldest, now)}</small>`}
        </dd>
      </div>`;
    })}
    <div>
      <dt>Reports set aside</dt>
      <dd>${health.quarantined.length}</dd>
    </div>
    <div>
      <dt>Alerts that fail</dt>
      <dd>${health.failing.length}</dd>
    </div>
  </dl>`;

function stateHtml(source: SourceHealth, now: Instant): Html {
  if (isBlind(source))
    return html`<strong class="trouble">Blind</strong>
      <span class="quiet"
        >${source.lastOk === undefined ? 'never reached' : html`last reached ${agoHtml(source.lastOk, now)}`}:
        <bdi>${calm(source.lastError ?? '')}</bdi></span
      >`;
  if (source.kind !== 'feed') return html`<span class="quiet">hands in by itself</span>`;
  return source.lastOk === undefined
    ? html`<span class="quiet">not asked yet</span>`
    : html`<span class="fine">Heard</span> <span class="quiet">${agoHtml(source.lastOk, now)}</span>`;
}

const sourceRow = (source: SourceHealth, now: Instant): Html =>
  html`<tr>
    <th scope="row"><bdi>${calm(source.name)}</bdi></th>
    <td data-label="kind">${source.kind}</td>
    <td data-label="state">${stateHtml(source, now)}</td>
    <td data-label="reports">${source.reports}</td>
    <td data-label="last report">
      ${source.lastReport === undefined ? 'none yet' : agoHtml(source.lastReport, now)}
    </td>
  </tr>`;

const sourcesHtml = (sources: readonly SourceHealth[], now: Instant): Html =>
  sources.length === 0
    ? html`<p class="quiet">
        No source is listed. Add feeds in <code>config/sources.yaml</code>, or hand in files.
      </p>`
    : html`<div class="table-wrap">
        <table class="stack">
          <caption class="sr-only">
            Sources and when they were last heard
          </caption>
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">Kind</th>
              <th scope="col">State</th>
              <th scope="col">Reports</th>
              <th scope="col">Last report</th>
            </tr>
          </thead>
          <tbody>
            ${sources.map((source) => sourceRow(source, now))}
          </tbody>
        </table>
      </div>`;

const quarantinedHtml = ({ report, error, tries }: QuarantinedReport): Html =>
  html`<li class="card">
    <header>
      <h3><bdi>${calm(report.title ?? report.outlet)}</bdi></h3>
      <form method="post" action="/health/requeue">
        <input type="hidden" name="report" value="${report.id}" />
        <button type="submit">Read it again</button>
      </form>
    </header>
    <p class="quiet">
      <bdi>${calm(report.outlet)}</bdi> · accepted ${momentHtml(report.accepted)} · tried ${tries} times ·
      ${report.id}
    </p>
    <pre dir="auto">${calm(error)}</pre>
  </li>`;

const closedHtml = ({ destination, disabled, outstanding }: DestinationHealth): Html =>
  html`<li class="card">
    <header>
      <h3><bdi>${calm(destination.name)}</bdi> <span class="group">${destination.platform}</span></h3>
      <form method="post" action="/health/enable">
        <input type="hidden" name="destination" value="${destination.id}" />
        <button type="submit">Send there again</button>
      </form>
    </header>
    <p class="quiet">${outstanding} alerts wait for it</p>
    <pre dir="auto">${calm(disabled ?? '')}</pre>
  </li>`;

const failingHtml = (delivery: FailingDelivery, now: Instant): Html =>
  html`<li class="card">
    <header>
      <h3>
        <bdi>${calm(delivery.destination.name)}</bdi>
        <span class="group">${delivery.destination.platform}</span>
      </h3>
      <span class="chip chip-denied">${delivery.state}</span>
    </header>
    <p class="quiet">
      made ${agoHtml(delivery.created, now)} · tried ${delivery.tries} times · ${delivery.id}
    </p>
    <pre dir="auto">${calm(delivery.why)}</pre>
  </li>`;

const listHtml = (title: string, none: string, items: readonly Html[]): Html =>
  html`<h2>${title}</h2>
    ${
      items.length === 0
        ? html`<p class="quiet">${none}</p>`
        : html`<ul class="plain">
            ${items}
          </ul>`
    }`;

export const healthMain = (health: HealthRecord, watch: Watch, now: Instant): Html =>
  html`<h1>Health</h1>
    <p class="lead">
      <strong class="${watch.state === 'blind' ? 'trouble' : watch.state === 'watching' ? 'fine' : ''}"
        >${watchText(watch)}.</strong
      >
      ${MEANING[watch.state]}
    </p>
    ${queueHtml(health, now)}
    <h2>Sources</h2>
    ${sourcesHtml(health.sources, now)}
    ${listHtml(
      'Reports that could not be read',
      'None: every report was read.',
      health.quarantined.map((entry) => quarantinedHtml(entry)),
    )}
    ${listHtml(
      'Channels that take nothing from us',
      'None: every channel can be written to.',
      health.destinations.filter(isClosed).map((destination) => closedHtml(destination)),
    )}
    ${listHtml(
      'Alerts that could not be delivered',
      'None: every alert reached its channel or is on its way.',
      health.failing.map((delivery) => failingHtml(delivery, now)),
    )}`;
