import pg from 'pg';
import { blocksOf } from '../../src/assess/blocks.ts';
import type { Learnt } from '../../src/app/knowledge.ts';
import type { Place } from '../../src/model/place.ts';
import type { Report } from '../../src/model/report.ts';
import type { StoredStatement } from '../../src/model/statement.ts';
import { instant } from '../../src/model/time.ts';
import { DAY_MS, type Happening } from './history.ts';

/** A story that was told and judged: at which place, from which day on, in which reports. */
export interface Judged {
  readonly town: Place;
  readonly on: number;
  readonly reports: readonly string[];
}

/** The days that a story may name: from two before its first, to the tenth. */
const STORY_DAYS = Array.from({ length: 12 }, (_, index) => index - 2);
const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const list = (ids: readonly string[]): string => ids.map((id) => JSON.stringify(id)).join(',');

/** What stands in a row of a story, and the SQL that gives what stands there in another happening's row. */
const valuesOf = ({ town, on }: Judged): readonly (readonly [written: string, sql: string])[] => [
  [list(town.within), 'p.within_json'],
  [`"${town.id}"`, `'"' || p.id || '"'`],
  [town.name, 'p.name'],
  ...STORY_DAYS.map((day, index) => [isoDay(on + day), `h.days[${index + 1}]`] as const),
];
const ID = /\b([rifuc]_[0-9a-z]{20,})/g;

/** SQL that writes the row anew, as JSON, for the happening `h` at the place `p`: literals and values in turn. */
function rewritten(row: object, judged: Judged): string {
  const values = valuesOf(judged);
  const mark = (index: number): string => `\u0001${index}\u0001`;
  const marked = values.reduce(
    (json, [written], index) => json.replaceAll(written, mark(index)),
    JSON.stringify(row),
  );
  const parts = marked.replace(ID, `$1${mark(values.length)}`).split('\u0001');
  const pieces = parts.map((part, index) =>
    index % 2 === 0 ? pg.escapeLiteral(part) : (values[Number(part)]?.[1] ?? 'h.n::text'),
  );
  return `array_to_string(array[${pieces.join(', ')}], '')::jsonb`;
}

const TABLES = [
  'reports',
  'statements',
  'incidents',
  'incident_reports',
  'updates',
  'decisions',
  'threads',
  'control_entries',
  'incident_places',
  'incident_blocks',
] as const;
type Table = (typeof TABLES)[number];

/** Of each table: which rows are a story's, by its reports or by their incidents. */
const OWN: Readonly<Record<Table, string>> = {
  reports: `select to_jsonb(t) || jsonb_build_object('fingerprint', id) as row from reports t where id = any($1) order by seq`,
  statements: 'select to_jsonb(t) as row from statements t where report = any($1)',
  decisions: 'select to_jsonb(t) as row from decisions t where report = any($1)',
  control_entries: `select to_jsonb(t) as row from control_entries t
    where exists (select from jsonb_array_elements(document->'claims') c where c->>'report' = any($1))`,
  incidents: 'select to_jsonb(t) as row from incidents t where id = any($2)',
  incident_reports: 'select to_jsonb(t) as row from incident_reports t where incident = any($2)',
  incident_places: 'select to_jsonb(t) as row from incident_places t where incident = any($2) and named',
  incident_blocks: 'select to_jsonb(t) as row from incident_blocks t where incident = any($2)',
  updates: 'select to_jsonb(t) as row from updates t where incident = any($2)',
  threads: 'select to_jsonb(t) as row from threads t where incident = any($2)',
};

async function rowsOf(client: pg.Client, table: Table, { reports }: Judged): Promise<readonly object[]> {
  const { rows: own } = await client.query<{ id: string }>(
    'select distinct incident as id from incident_reports where report = any($1)',
    [reports],
  );
  const query = OWN[table];
  const values = query.includes('$2') ? own.map(({ id }) => id) : reports;
  const { rows } = await client.query<{ row: object }>(query.replace('$2', '$1'), [values]);
  return rows.map(({ row }) => row);
}

async function keepPlaces(client: pg.Client, places: readonly Place[], { wording }: Learnt): Promise<void> {
  const report = { published: instant(0) } as Report;
  /** Under which places an incident at this one is found. */
  const reach = (place: Place, type: 'control' | 'evacuation'): readonly string[] => {
    const mention = { id: place.id, text: place.name, start: 0, end: 1, precision: 1 };
    const statement = { type, places: [mention] } as unknown as StoredStatement;
    return [...new Set(blocksOf(report, [statement], wording).map((key) => key.replace(/\|-?\d+$/, '')))];
  };
  const rows = places.map((place, n) => ({
    n,
    id: place.id,
    name: place.name,
    within_json: list(place.within),
    within: place.within,
    ground: reach(place, 'control'),
    movement: reach(place, 'evacuation'),
  }));
  await client.query(
    `create temporary table story_places (n int, id text, name text, within_json text, within text[], ground text[], movement text[])`,
  );
  await client.query(
    'insert into story_places select * from jsonb_populate_recordset(null::story_places, $1::jsonb)',
    [JSON.stringify(rows)],
  );
}

/** `ended`: the first day of the place's next happening. */
async function keepHappenings(client: pg.Client, all: readonly Happening[]): Promise<void> {
  await client.query(
    `create temporary table happenings as
     select n, story, place, on_day, array(select (date '1970-01-01' + on_day + d)::text from unnest($4::int[]) d) as days,
       date '1970-01-01' + lead(on_day) over (partition by place order by on_day) as ended
     from unnest($1::int[], $2::int[], $3::int[]) with ordinality as h (story, place, on_day, n)`,
    [all.map(({ story }) => story), all.map(({ place }) => place), all.map(({ on }) => on), STORY_DAYS],
  );
}

async function columnsOf(client: pg.Client, table: Table): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_name = $1 and table_schema = 'public' and is_identity = 'NO' order by ordinal_position`,
    [table],
  );
  return rows.map(({ name }) => `"${name}"`);
}

/** Indexes are made again after loading, which is quicker than keeping them. */
async function withoutIndexes(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; def: string }>(
    `select indexname as name, indexdef as def from pg_indexes where schemaname = 'public' and tablename = any($1)
     and indexname not in (select conname from pg_constraint where contype in ('p', 'u'))`,
    [[...TABLES, 'report_bands']],
  );
  for (const { name } of rows) await client.query(`drop index "${name}"`);
  await client.query('alter table report_bands drop constraint report_bands_band_seq_pk');
  await work();
  await client.query(
    'alter table report_bands add constraint report_bands_band_seq_pk primary key (band, seq)',
  );
  for (const { def } of rows) await client.query(def);
}

const BUCKETS = `cross join unnest(array[0, 4]) as day`;
const IN_BUCKET = `'|' || floor((h.on_day + day) / 16.0)`;

/** What is not simply the story's row with other values: where incidents lie, and when what held ended. */
const SPECIAL: Readonly<
  Partial<Record<Table, readonly ((from: string, columns: readonly string[]) => string)[]>>
> = {
  incidents: [
    (from) => `insert into incident_blocks (block, incident) select distinct key || ${IN_BUCKET}, r.id ${from}
      cross join unnest(case r.family when 'ground' then p.ground else p.movement end) as key ${BUCKETS}`,
  ],
  incident_blocks: [
    (from) => `insert into incident_blocks (block, incident)
      select distinct regexp_replace(r.block, '\\|-?\\d+$', ${IN_BUCKET}), r.incident ${from} ${BUCKETS} on conflict do nothing`,
  ],
  incident_places: [
    (from) => `insert into incident_places (incident, place, named, last_activity)
      select r.incident, r.place, true, r.last_activity ${from} on conflict do nothing`,
    (from) => `insert into incident_places (incident, place, named, last_activity)
      select r.incident, outer_place, false, r.last_activity ${from}
      cross join unnest(p.within) as outer_place where r.place = p.id on conflict do nothing`,
  ],
  control_entries: [
    (from, columns) => {
      // Happenings at one place may overlap by days.
      const ended = 'case when h.ended is not null then greatest(h.ended, r.valid_from) end';
      const changed: Readonly<Record<string, string>> = {
        '"valid_to"': `coalesce(r.valid_to, ${ended})`,
        '"document"': `case when r.valid_to is not null or h.ended is null then r.document
          else r.document || jsonb_build_object('validTo', ${ended}) end`,
      };
      return `insert into control_entries (${columns.join()})
        select ${columns.map((name) => changed[name] ?? `r.${name}`).join()} ${from}`;
    },
  ],
};

/** Filled in their special way alone. */
const PLACED: ReadonlySet<Table> = new Set(['incident_blocks', 'incident_places', 'control_entries']);

/** A block of another place than the story's own: where people are taken. */
const isElsewhere = (row: object, { town }: Judged): boolean =>
  !('block' in row) || ![town.id, ...town.within].some((id) => String(row.block).includes(`|${id}|`));

async function fill(client: pg.Client, stories: readonly Judged[]): Promise<void> {
  const most = Math.max(...stories.map(({ reports }) => reports.length));
  // All first: what is looked for is soon one in a million.
  const told: { table: Table; columns: readonly string[]; rows: (readonly object[])[] }[] = [];
  for (const table of TABLES) {
    const rows: (readonly object[])[] = [];
    for (const judged of stories) rows.push(await rowsOf(client, table, judged));
    told.push({ table, columns: await columnsOf(client, table), rows });
  }
  for (const { table, columns, rows } of told)
    for (const [story, judged] of stories.entries())
      for (const [ordinal, row] of (rows[story] ?? []).filter((one) => isElsewhere(one, judged)).entries()) {
        const happened = `from happenings h join story_places p on p.n = h.place and h.story = ${story}`;
        const from = `${happened} cross join lateral jsonb_populate_record(null::${table}, ${rewritten(row, judged)}) r`;
        if (table === 'reports') await fillReport(client, row, { columns, from, happened, ordinal, most });
        else if (!PLACED.has(table))
          await client.query(
            `insert into ${table} (${columns.join()}) select ${columns.map((name) => `r.${name}`).join()} ${from}`,
          );
        for (const special of SPECIAL[table] ?? []) await client.query(special(from, columns));
      }
}

/** A report, with a number beyond those that are told, and its bands: one in 24 is shared by all that tell the story in the same set phrases. */
async function fillReport(
  client: pg.Client,
  row: object,
  {
    columns,
    from,
    happened,
    ordinal,
    most,
  }: {
    readonly columns: readonly string[];
    readonly from: string;
    readonly happened: string;
    readonly ordinal: number;
    readonly most: number;
  },
): Promise<void> {
  const seq = `10000 + h.n * ${most} + ${ordinal}`;
  await client.query(
    `insert into reports (seq, ${columns.join()}) overriding system value
     select ${seq}, ${columns.map((name) => `r.${name}`).join()} ${from}`,
  );
  await client.query(
    `insert into report_bands (band, seq) select case when b.n = 1 then b.band else b.band || '-' || h.n end, ${seq}
     ${happened} cross join (select band, row_number() over (order by band) as n from report_bands where seq = $1) b`,
    [(row as { readonly seq: number }).seq],
  );
}

/**
 * Multiplies stories to happenings: the same rows, of other places, days and ids, as if all had been told and judged.
 * Deliveries are not multiplied: judging writes them and reads none.
 */
export async function multiply(
  client: pg.Client,
  learnt: Learnt,
  stories: readonly Judged[],
  places: readonly Place[],
  all: readonly Happening[],
): Promise<void> {
  // All of it is made here: nothing is gained by checking what refers to what, and nothing lost in a crash.
  await client.query(
    `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '128MB'`,
  );
  await keepPlaces(client, places, learnt);
  await keepHappenings(client, all);
  await client.query('analyze happenings, story_places');
  await withoutIndexes(client, () => fill(client, stories));
  await client.query(
    `select setval(pg_get_serial_sequence('reports', 'seq'), (select max(seq) from reports))`,
  );
  await client.query('vacuum analyze');
  // Gigabytes that were filled at once are written to the disk now, and not beside what is timed.
  await client.query('checkpoint');
}
