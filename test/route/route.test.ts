import { describe, expect, it } from 'vitest';
import { incidentPlaces } from '../../src/route/places.ts';
import { placesOf } from '../../src/route/route.ts';
import { SubscriptionIndex } from '../../src/route/subscriptions.ts';
import { placeId, subscriptionId } from '../../src/model/ids.ts';
import { knowledge } from '../support/places.ts';
import { deal, evacuated, holds, report, took } from '../support/statements.ts';
import { renderDigest } from '../../src/render/digest.ts';
import { toText } from '../../src/render/text.ts';
import { strings, subscribed, World, type Subscribed } from '../support/world.ts';

const seen = (world: World, ...told: Parameters<typeof report>): readonly string[] =>
  world.tell(report(...told)).alerts.map(({ destination, thread }) => `${destination} ${thread}`);

const channels = (...list: readonly Subscribed[]): World => new World(list);

describe('who is told', () => {
  it('is whoever watches the place or what it lies in, each once', () => {
    const world = channels(
      { channel: 'damascus', place: 'damascus' },
      { channel: 'dez', place: 'deir-ezzor' },
      { channel: 'syria', place: 'syria' },
      { channel: 'all' },
    );
    expect(
      seen(world, '2018-05-20', [
        evacuated('yarmouk', { from: ['isis'], towards: ['badiya'] }),
        took('sdf', 'baghuz', { by: 'sdf' }),
        holds('isis', 'hajin'),
      ]),
    ).toEqual(['damascus root', 'syria root', 'all root', 'dez root', 'syria root', 'all root']);
  });

  it('is whoever watches either end of a movement, and not what lies by the way', () => {
    const world = channels(
      { channel: 'from', place: 'douma' },
      { channel: 'to', place: 'idlib' },
      { channel: 'by', place: 'homs' },
    );
    expect(
      seen(world, '2018-04-02', [evacuated('douma', { towards: ['idlib-city'], via: ['homs'] })]),
    ).toEqual(['from root', 'to root']);
  });

  it('is told once, though several of its subscriptions cover the place; the nearest is the reason', () => {
    const world = channels(
      { channel: 'a', place: 'syria' },
      { channel: 'a', place: 'hajin' },
      { channel: 'a' },
    );
    const { alerts } = world.tell(report('2018-05-20', [took('sdf', 'hajin')]));
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      subscription: 's-a-hajin',
      why: { key: 'route.place', values: { place: 'Hajin' } },
    });
  });

  it('leaves out, with the reason, what a filter leaves out', () => {
    const world = channels(
      { channel: 'moves', place: 'syria', filters: { types: ['evacuation'] } },
      { channel: 'sure', place: 'syria', filters: { standing: 'confirmed' } },
      { channel: 'digest', place: 'syria', mode: 'daily' },
    );
    const { alerts, digests, silent } = world.tell(
      report('2018-05-20', [took('sdf', 'hajin', { by: 'sdf' })]),
    );
    expect(alerts).toEqual([]);
    expect(digests).toMatchObject([{ destination: 'digest', mode: 'daily' }]);
    expect(silent.map(({ destination, why }) => `${destination} ${why.key}`).sort()).toEqual([
      'digest route.digest',
      'moves route.types',
      'sure route.standing',
    ]);
  });

  it('is told as soon as it is sure enough, in a thread of its own', () => {
    const world = channels({ channel: 'sure', filters: { standing: 'confirmed' } }, { channel: 'all' });
    expect(seen(world, '2018-05-20', [took('sdf', 'hajin', { by: 'sohr' })])).toEqual(['all root']);
    expect(seen(world, '2018-05-20', [took('sdf', 'hajin', { by: 'un' })], { outlet: 'B' })).toEqual([
      'all reply',
      'sure root',
    ]);
  });

  it('tells whoever was told that it is disputed now, whatever standing they asked for', () => {
    const world = channels({ channel: 'sure', filters: { standing: 'reported' } });
    seen(world, '2018-05-20', [deal('yarmouk')]);
    const { alerts } = world.tell(
      report('2018-05-20', [deal('yarmouk', { status: 'denied', by: 'sana' })], { outlet: 'B' }),
    );
    expect(alerts).toMatchObject([{ thread: 'reply', broadcast: true, why: { key: 'route.everywhere' } }]);
  });

  it('keeps a muted thread true without a word, but for what is put right', () => {
    const world = channels({ channel: 'quiet' }, { channel: 'loud' });
    seen(world, '2018-05-20', [took('sdf', 'hajin', { by: 'sohr' })]);
    world.mute('quiet');
    const { alerts, silent } = world.tell(
      report('2018-05-21', [took('sdf', 'hajin', { by: 'un' })], { outlet: 'B' }),
    );
    expect(alerts.map(({ destination, thread, broadcast }) => [destination, thread, broadcast])).toEqual([
      ['loud', 'reply', false],
      ['quiet', 'quiet', false],
    ]);
    expect(silent).toMatchObject([{ destination: 'quiet', why: { key: 'route.muted' } }]);
  });

  it('tells of the past who asked for it, as it goes on and when it is taken back, and never the whole channel', () => {
    const world = channels({ channel: 'news' }, { channel: 'history', filters: { past: true } });
    const old = (day: string, by: string) => report(day, [took('sdf', 'hajin', { date: '2018-04-01', by })]);
    const first = old('2018-05-20', 'sohr');
    const outcomes = [world.tell(first), world.tell(old('2018-05-21', 'un')), world.retract(first.report.id)];
    expect(
      outcomes.map(({ alerts }) => alerts.map(({ destination, broadcast }) => [destination, broadcast])),
    ).toEqual(outcomes.map(() => [['history', false]]));
    expect(outcomes[1]?.texts[0]).toContain('Was reported, now confirmed');
    expect(outcomes[2]?.texts[0]).toContain('was taken back');
  });

  it('puts the past into a digest as what it is', () => {
    const world = channels({ channel: 'history', mode: 'daily', filters: { past: true } });
    const { digests, assessment } = world.tell(
      report('2018-05-20', [took('sdf', 'hajin', { date: '2018-04-01' })]),
    );
    expect(digests.map(({ destination }) => destination)).toEqual(['history']);
    const [incident] = [...world.incidents.values()];
    const digest = renderDigest([{ incident: incident!, updates: assessment.updates }], world.context);
    expect(toText(digest, strings)).toContain(
      'Newly learned about the past: SDF took Hajin, 1 April 2018 — reported',
    );
  });

  it('keeps those who asked by place of what has no thread apart from those who did not', () => {
    const world = channels({ channel: 'gezira', place: 'gezira' });
    expect(seen(world, '2023-12-18', [took('rsf', 'wad-madani')])).toEqual(['gezira root']);
    expect(seen(world, '2023-12-18', [took('russia-army', 'bakhmut')])).toEqual([]);
  });

  it('reaches those who watch the container of a place that the gazetteer does not have', () => {
    const world = channels({ channel: 'dez', place: 'deir-ezzor' });
    expect(seen(world, '2018-05-20', [took('sdf', 'Tal Sample@abu-kamal')])).toEqual(['dez root']);
  });
});

describe('placesOf', () => {
  it('gives the places of updated incidents, both ends, and what they lie in', () => {
    const world = new World();
    const { assessment } = world.tell(
      report('2018-04-02', [evacuated('douma', { towards: ['idlib-city'] })]),
    );
    const incidents = assessment.incidents.map(({ incident }) => incident);
    expect([...placesOf(assessment.updates, incidents, knowledge)].sort()).toEqual(
      ['douma', 'eastern-ghouta', 'idlib', 'idlib-city', 'rif-damascus', 'syria'].sort(),
    );
    expect(placesOf([], incidents, knowledge)).toEqual([]);
    expect(incidentPlaces(incidents[0]!, knowledge)[0]).toBe('douma');
  });
});

describe('SubscriptionIndex', () => {
  const ids = (index: SubscriptionIndex, ...places: readonly string[]): readonly string[] =>
    [...index.match(places.map(placeId))].map(({ id }) => id);

  it('finds those of the places and of everywhere', () => {
    const index = new SubscriptionIndex([
      subscribed({ channel: 'a', place: 'hajin' }),
      subscribed({ channel: 'b', place: 'syria' }),
      subscribed({ channel: 'c' }),
      subscribed({ channel: 'd', place: 'homs' }),
    ]);
    expect(ids(index, 'hajin', 'abu-kamal', 'syria')).toEqual(['s-c-all', 's-a-hajin', 's-b-syria']);
    expect(index.size).toBe(4);
  });

  it('forgets what is removed and moves what is added again elsewhere', () => {
    const moved = subscribed({ channel: 'a', place: 'hajin' });
    const index = new SubscriptionIndex([moved, subscribed({ channel: 'b', place: 'hajin' })]);
    index.add({ ...moved, place: placeId('homs') });
    expect(ids(index, 'hajin')).toEqual(['s-b-hajin']);
    expect(ids(index, 'homs')).toEqual(['s-a-hajin']);
    index.remove(subscriptionId('s-a-hajin'));
    index.remove(subscriptionId('s-a-hajin'));
    expect(ids(index, 'homs')).toEqual([]);
    expect(index.size).toBe(1);
  });
});
