import type { ControlEntry } from '../../../model/control.ts';
import type { PlaceId } from '../../../model/ids.ts';
import type { Incident } from '../../../model/incident.ts';
import type { Place, PlaceIndex, PlaceRef } from '../../../model/place.ts';
import type { Line } from '../../../model/message.ts';
import type { DeskWords } from '../ports.ts';
import { incidentItem, standingHtml } from './incident.ts';
import { lineHtml } from './message.ts';
import { placePath } from './paths.ts';
import { html, type Html } from './template.ts';
import { calm } from '../../text.ts';
import { dayHtml } from './time.ts';

export interface PlaceGroup {
  readonly country: string;
  /** First-level unit; absent: the country itself, or a place whose unit is not known. */
  readonly admin1?: Place;
  readonly entries: readonly ControlEntry[];
}

const byName = new Intl.Collator('en');

function containers(place: PlaceRef, index: PlaceIndex): readonly Place[] {
  const own = place.id === undefined ? [] : [place.id];
  return [...own, ...place.within].flatMap((id: PlaceId) => index.get(id) ?? []);
}

/** By country, then first-level unit, then place, each in alphabetical order. */
export function groupByPlace(entries: readonly ControlEntry[], index: PlaceIndex): readonly PlaceGroup[] {
  const groups = new Map<string, PlaceGroup>();
  for (const entry of entries) {
    const around = containers(entry.place, index);
    const country = around.find(({ kind }) => kind === 'country')?.name ?? around[0]?.country ?? 'Elsewhere';
    const admin1 = around.find(({ kind }) => kind === 'governorate');
    const key = `${country}\n${admin1?.name ?? ''}`;
    const before = groups.get(key)?.entries ?? [];
    groups.set(key, { country, ...(admin1 && { admin1 }), entries: [...before, entry] });
  }
  return [...groups.entries()]
    .sort(([a], [b]) => byName.compare(a, b))
    .map(([, group]) => ({
      ...group,
      entries: group.entries.toSorted((a, b) => byName.compare(a.place.name, b.place.name)),
    }));
}

function holdersHtml({ holders, part, agreed }: ControlEntry): Html {
  if (holders.length === 0) return html`<span class="quiet">nobody known: those who held it left</span>`;
  const names = holders.map((holder) => holder.name ?? holder.text).join(', ');
  return html`<bdi>${calm(names)}</bdi>${
      part
        ? html` <span class="quiet">(in part)</span>`
        : agreed
          ? html` <span class="quiet">(jointly, by agreement)</span>`
          : ''
    }`;
}

/** Whose word it is: each origin once. */
const originsHtml = ({ claims }: ControlEntry): Html =>
  html`<bdi>${calm([...new Set(claims.map(({ origin }) => origin.name))].join(', '))}</bdi>`;

const sinceHtml = ({ since, validFrom }: ControlEntry): Html =>
  html`${since === 'seen' ? 'at least ' : ''}${dayHtml(validFrom)}`;

function rowHtml(entry: ControlEntry, words: DeskWords, first: Html): Html {
  return html`<tr>
    <th scope="row">${first}</th>
    <td data-label="held by">${holdersHtml(entry)}</td>
    <td data-label="standing">${standingHtml(entry.standing, words)}</td>
    <td data-label="since">${sinceHtml(entry)}</td>
    <td data-label="last confirmed">${dayHtml(entry.lastConfirmed)}</td>
    <td data-label="on the word of">${originsHtml(entry)}</td>
  </tr>`;
}

const tableHtml = (caption: string, first: string, rows: readonly Html[]): Html =>
  html`<div class="table-wrap">
    <table class="stack">
      <caption class="sr-only">
        ${calm(caption)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${first}</th>
          <th scope="col">Held by</th>
          <th scope="col">Standing</th>
          <th scope="col">Since</th>
          <th scope="col">Last confirmed</th>
          <th scope="col">On the word of</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;

const placeLink = (place: Pick<PlaceRef, 'key' | 'name'>): Html =>
  html`<a href="${placePath(place.key)}"><bdi>${calm(place.name)}</bdi></a>`;

const controlTable = (caption: string, entries: readonly ControlEntry[], words: DeskWords): Html =>
  tableHtml(
    caption,
    'Place',
    entries.map((entry) => rowHtml(entry, words, placeLink(entry.place))),
  );

function groupHtml(group: PlaceGroup, words: DeskWords): Html {
  const { admin1, country } = group;
  return html`<section>
    <h2>
      ${
        admin1
          ? html`<a href="${placePath(admin1.id)}"><bdi>${calm(admin1.name)}</bdi></a>
              <span class="group"><bdi>${calm(country)}</bdi></span>`
          : html`<bdi>${calm(country)}</bdi>`
      }
    </h2>
    ${controlTable(`Who holds what in ${admin1?.name ?? country}`, group.entries, words)}
  </section>`;
}

export const placesMain = (groups: readonly PlaceGroup[], words: DeskWords): Html =>
  html`<h1>Who holds what</h1>
    <p class="quiet lead">
      As the reports say, with how sure it is. A place that is not listed is not known to us: that does not
      mean that nothing happens there.
    </p>
    ${
      groups.length === 0
        ? html`<p class="empty">Nothing is known yet: no report said who holds a place.</p>`
        : groups.map((group) => groupHtml(group, words))
    }`;

export interface PlaceView {
  readonly name: string;
  readonly place?: Place;
  /** What it lies in, nearest first. */
  readonly around: readonly Place[];
  /** Newest valid day first; past ones have a last day. */
  readonly history: readonly ControlEntry[];
  /** How it stands beyond that: what it has with all around it, and its siege. */
  readonly beyond: readonly Line[];
  readonly inside: readonly ControlEntry[];
  readonly incidents: readonly Incident[];
}

const historyTable = (entries: readonly ControlEntry[], words: DeskWords): Html =>
  tableHtml(
    'Who held it when',
    'Time',
    entries.map((entry) =>
      rowHtml(entry, words, entry.validTo === undefined ? html`now` : html`until ${dayHtml(entry.validTo)}`),
    ),
  );

export const placeMain = (view: PlaceView, words: DeskWords): Html =>
  html`<p class="trail">
      <a href="/places">Places</a>${view.around
        .toReversed()
        .map((place) => html` / <a href="${placePath(place.id)}"><bdi>${calm(place.name)}</bdi></a>`)}
    </p>
    <h1>
      <bdi>${calm(view.name)}</bdi>
      ${view.place?.nameAr === undefined ? '' : html`<bdi class="group" lang="ar">${calm(view.place.nameAr)}</bdi>`}
    </h1>
    ${view.place ? html`<p class="quiet">${view.place.kind.replace('_', ' ')}${view.place.pcode === undefined ? '' : html` · ${view.place.pcode}`}</p>` : html`<p class="quiet">Not in the gazetteer: known by this name from reports alone.</p>`}
    <h2>Who holds it</h2>
    ${view.beyond.map((line) => html`<p dir="auto">${lineHtml(line)}</p>`)}
    ${view.history.length > 0 ? historyTable(view.history, words) : html`<p class="quiet">No report said who holds it as a whole.</p>`}
    ${
      view.inside.length > 0
        ? html`<h2>Inside it</h2>
            ${controlTable(`Who holds what in ${view.name}`, view.inside, words)}`
        : ''
    }
    ${
      view.incidents.length > 0
        ? html`<h2>Incidents</h2>
            <ul class="plain">
              ${view.incidents.map((incident) => incidentItem(incident, words))}
            </ul>`
        : ''
    }`;
