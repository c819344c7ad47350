import type { Actor, ActorIndex, ActorKind } from '../../src/model/actor.ts';
import { actorId, placeId, type ActorId, type PlaceId } from '../../src/model/ids.ts';
import type { Place, PlaceIndex, PlaceKind } from '../../src/model/place.ts';

/** `id kind name < container`, outer places first. A hand-made gazetteer: judging is tested apart from reading. */
const PLACES = `
syria country Syria
damascus-gov governorate Damascus < syria
damascus city Damascus < damascus-gov
yarmouk camp Yarmouk Camp < damascus
tadamun quarter Al-Tadamun < damascus
qadam quarter Al-Qadam < damascus
rif-damascus governorate Rif Dimashq < syria
hajar-aswad town Hajar al-Aswad < rif-damascus
eastern-ghouta region Eastern Ghouta < rif-damascus
douma city Douma < eastern-ghouta
zabadani-district district Al-Zabadani < rif-damascus
zabadani town Zabadani < zabadani-district
madaya town Madaya < zabadani-district
deir-ezzor governorate Deir Ezzor < syria
abu-kamal district Abu Kamal < deir-ezzor
baghuz village Baghuz < abu-kamal
hajin town Hajin < abu-kamal
susah town Al-Susah < abu-kamal
shaafah town Al-Sha'afah < abu-kamal
homs governorate Homs < syria
tadmur city Tadmur < homs
badiya region Badiya < syria
idlib governorate Idlib < syria
idlib-city city Idlib < idlib
fuah town Al-Fu'ah < idlib
kafriya town Kafriya < idlib
aleppo governorate Aleppo < syria
aleppo-city city Aleppo < aleppo
shaar quarter Al-Sha'ar < aleppo-city
hanano quarter Hanano < aleppo-city
mansura-aleppo village Al-Mansurah < aleppo
raqqa governorate Raqqa < syria
mansura-raqqa town Al-Mansurah < raqqa
ukraine country Ukraine
donetsk governorate Donetsk < ukraine
bakhmut city Bakhmut < donetsk
sudan country Sudan
gezira governorate Gezira < sudan
wad-madani city Wad Madani < gezira
`;

const ARABIC: Readonly<Record<string, string>> = { yarmouk: 'مخيم اليرموك', hajin: 'هجين' };

function parse(): ReadonlyMap<PlaceId, Place> {
  const places = new Map<PlaceId, Place>();
  for (const line of PLACES.trim().split('\n')) {
    const [, id = '', kind = '', name = '', container] = /^(\S+) (\S+) (.+?)(?: < (\S+))?$/.exec(line) ?? [];
    const outer = container === undefined ? undefined : places.get(placeId(container));
    const arabic = ARABIC[id];
    places.set(placeId(id), {
      id: placeId(id),
      name,
      ...(arabic !== undefined && { nameAr: arabic }),
      kind: kind as PlaceKind,
      country: 'SY',
      within: outer ? [outer.id, ...outer.within] : [],
    });
  }
  return places;
}

const byId = parse();

export const places: PlaceIndex = {
  get: (id) => byId.get(id),
  contains: (container, id) => container === id || (byId.get(id)?.within.includes(container) ?? false),
};

/** `id kind name [parent] [~alignment] [+ally]` */
const ACTORS = `
isis party ISIS
syria-government party Syrian government
syrian-army party Syrian army syria-government
russia party Russia +syria-government
sdf party SDF
ypg party YPG sdf
rebels bloc Rebels
ahrar party Ahrar al-Sham rebels
hts party HTS rebels
sohr speaker Syrian Observatory for Human Rights
sohr-head speaker Head of the Observatory sohr
sana speaker SANA ~syria-government
un speaker United Nations
red-crescent speaker Red Crescent
ukraine-army party Ukrainian army
russia-army party Russian army
rsf party RSF
saf party Sudanese army
`;

function parseActors(): ReadonlyMap<ActorId, Actor> {
  const rows = ACTORS.trim()
    .split('\n')
    .map((line): Actor => {
      const [id = '', kind = '', ...rest] = line.split(' ');
      const tokens = rest.filter((word) => /^[~+]/.test(word) || ids.has(word));
      const pick = (mark: string): ActorId[] =>
        tokens.filter((word) => word.startsWith(mark)).map((word) => actorId(word.slice(1)));
      const [alignment] = pick('~');
      return {
        id: actorId(id),
        name: rest.filter((word) => !tokens.includes(word)).join(' '),
        kind: kind as ActorKind,
        ...(alignment !== undefined && { alignment }),
        parents: tokens.filter((word) => ids.has(word)).map(actorId),
        allies: pick('+'),
      };
    });
  return new Map(rows.map((actor) => [actor.id, actor]));
}
const ids = new Set(
  ACTORS.trim()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? ''),
);

const actorsById = parseActors();

export const actors: ActorIndex = { get: (id) => actorsById.get(id) };
export const knowledge = { places, actors };
