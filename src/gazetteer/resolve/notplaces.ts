import type { Token, TokenSpan } from '../../model/reading.ts';
import { perSpelling } from '../../model/spelling.ts';
import { isArabic, isArticle } from '../fold.ts';
import { DIRECTIONS, isCapitalised, kindsOf, LOCATIVE } from '../words.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Never places by themselves, whatever the gazetteer says. */
const NEVER = set(
  `january february march april may june july august september october november december monday tuesday wednesday thursday
   friday saturday sunday of man nice the and but not reuters sana afp isis isil daesh fatah press media police army
   state war news read more video photo image source sources most many all army allah god islam islamic muslim christian
   kurd kurds kurdish arab arabs arabic druze alawite sunni shia shiite turkmen turkoman yazidi armenian assyrian jihadi
   general colonel major captain president minister king prince sheikh dr mr mrs human rights observatory sdf ypg sohr
   front forces force brigade division group group party council office agency television radio channel university
   hospital school mosque church market bank hotel street square river sea white red black green blue orange free new old
   here there this that these those they we he she it you i his her their our a an in on at to from by for with as is are
   was were has have had do does did can could will would should when where who what which while after before during since
   until about also only even then than so if or nor both each every some any no yes one two three four five six seven
   eight nine ten first second third last next meanwhile however today yesterday tomorrow monitor rebel rebels regime
   government militants fighters troops militia coalition opposition activists civilians residents people families
   putin assad erdogan obama trump lavrov kerry annan brahimi mistura bashar hezbollah nusra qaeda taliban boko haram
   wagner ahrar tahrir jabhat jaish jaysh faylaq liwa jund hayat anadolu aawsat operation battle sun wed thu fri sat mon tue get share home world`,
);
/** Given names, surnames and bodies' names that are also places: they need a word that speaks for a place. */
const PERSONS = set(
  `ali hassan hussein hasan husayn mohammed muhammad mohamed ahmad ahmed omar khaled khalid ibrahim salem said saeed mahmoud
   hamza jasim jassim nasser nasir rabia karim salah marwan abdullah abdul abdel rahman aziz youssef yusuf yousef issa isa
   musa mousa moussa daoud saleh salih sultan amin amir emir haidar haydar jamal kamal tariq zaid zayd yazid rashid walid
   majid mansour mansur mustafa qasim qassem shukri safi fatima maryam noor nour hamad hamid habib hilal faris fares bakr
   suleiman sulayman khalil hazem hazim anas dali salama ansari ansar bahra rodi uthman othman adnan bilal tarek ziad assad
   saqr badr fateh fatah furqan hassoun jibril akram amina janna jazeera bashir rashad hamdan numan sahar abbasi abadi maliki haftar dbeibah hemedti burhan nader
   david paul john george michael peter thomas james martin lincoln anna maria nancy charlotte victoria mary lima tom tim sam dan ben jim joe don ken erik eric`,
);
/** Words of other kinds that are also places, and heads of longer names. After an article they are names all the same. */
const WORDS = set(
  `jordan georgia chad hit dana nawa mare rai sham sour shin hole harem sur rama san abu bin ibn umm zahra zahraa washington
   madison jackson warren marshall houston austin kent york mobile reading bath male split bar tours lens sale orange cork
   deal ware hope church march may june independence liberty union progress victory peace unity mission enterprise palm rose
   beach point bell ball bush ford grant gray brown green white young king bishop hunter cooper fisher taylor carter clinton
   nixon sterling dover chester winchester remington colt stinger grad hell tow bay delta alpha bravo jubilee golden silver
   iron steel stone wood hill mills mines page price rice pope abbot sarin tal tell ain ras kafr bab jabal deir khan beit
   wadi tel tal tall bir arab hur hisn suri souri sahl baath attack attacks bay bari est bor ann muse mon shan chin reef panorama`,
);
/** Before a name these say as much as a preposition: what they do is done to places. */
const DONE_TO_PLACES =
  /^(?:re)?(?:captur|seiz|liberat|storm|besieg|enter|attack|bomb|shell|target|evacuat|surround|encircl|clear|regain|reach|leav|hold|control)(?:e|ed|es|s|ing|led|ling)?$|^(?:took|retook|take|takes|retake|taken|retaken|left|fled|hit|struck|held|overran|lost|lose)$/;
/** After a name: it is called after the place, or after a person. */
const CALLED_AFTER = set(
  `hospital mosque school market university hotel square street shrine church stadium park gate bridge roundabout checkpoint
   company factory bakery clinic cemetery club hall institute college`,
);
/** After a name, capitalised: the name belongs to a body, an operation or a paper. */
const BODY_AFTER = set(
  `council brigade brigades media center centre news network today martyrs army battalion battalions shield rage wrath volcano
   declaration convention times post tv radio university police movement revolutionaries observatory agency process talks
   accord accords agreement protocol institute foundation association club fc liberation operations commission governor
   spring observer tribune herald democratic arab republic embassy embassies parliament central bank airlines emergency
   documentation victims defense defence press`,
);
/** Before a name, with "of": "Wrath of Euphrates", "the Army of Mosul", "Islamic State of Iraq". */
const BODY_BEFORE = set(
  `wrath army lions falcons sons emirate mufti bishop university lion knights swords brigade brigades soldiers
   battalion descendants ministry embassy bank state islamic partisans supporters jund ambassador president king prince`,
);
const TITLES = set(
  `mr mrs ms dr gen general maj major col colonel lt lieutenant capt captain brig brigadier sgt president minister premier
   spokesman spokeswoman spokesperson sheikh imam mufti commander leader emir prince king queen senator secretary ambassador
   envoy abu abou ibn bin um umm abdul abdel abd mullah ayatollah reporter correspondent journalist director chief`,
);

const norm = (tokens: readonly Token[], at: number): string => tokens[at]?.norm ?? '';

/** Does the token go straight on as a capitalised word, no mark between? */
function capitalNeighbour(tokens: readonly Token[], at: number, sentence: number | undefined): boolean {
  const token = tokens[at];
  return (
    token?.kind === 'word' &&
    token.sentence === sentence &&
    isCapitalised(token.text) &&
    kindsOf(token.norm) === undefined &&
    !DIRECTIONS.has(token.norm)
  );
}

/** What the words around a hit say for a place. */
export interface Cues {
  /** A kind word or a part: "town of", "countryside". */
  readonly kind: boolean;
  /** Any sign: these, a locative preposition, or a place beside it that it lies in. */
  readonly any: boolean;
}

/** The one word of a name that has no other, articles apart; undefined for longer names. */
export function onlyWord(tokens: readonly Token[], span: TokenSpan): Token | undefined {
  let only: Token | undefined;
  for (let at = span.first; at < span.last; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'mark') continue;
    if (at < span.last - 1 && isArticle(token.norm)) continue;
    if (only !== undefined) return undefined;
    only = token;
  }
  return only;
}

/** "Tal al-Sample", "Deir Sample": the head of a longer name that the gazetteer does not know. */
const NAME_HEAD = /^(?:tal|tall|tel|tell|deir|khan|beit|bait|kafr|kfar|ain|ayn|wadi|bab|umm|abu)$/;
const goesOn = (head: Token, next: Token | undefined): boolean =>
  next?.sentence === head.sentence && (isCapitalised(next.text) || isArticle(next.norm));

const ROMANCE = /^(?:del?|d[oa]s?|la|las|los)$/;

/** Can the hit at `span` be no place at all? */
export function isNoPlace(tokens: readonly Token[], span: TokenSpan, cues: Cues): boolean {
  const only = onlyWord(tokens, span);
  if (only !== undefined && !isArabic(only.text) && isNoPlaceWord(only, only.index > span.first, cues))
    return true;
  const next = tokens[span.last];
  if (only?.index === span.first && NAME_HEAD.test(only.norm) && goesOn(only, next)) return true;
  if (followedByBody(tokens, span.last)) return true;
  // "London-based", "Ankara-backed"; "rebel-held Aleppo" has its hyphen before.
  if (next?.text === '-' && /^(?:based|backed|born|bound|led|style)$/.test(norm(tokens, span.last + 1)))
    return true;
  return precededByBody(tokens, span.first);
}

function isNoPlaceWord(token: Token, article: boolean, cues: Cues): boolean {
  const is = elseIs(token.spelling);
  if (is.never || (is.person && !cues.any)) return true;
  if (!article && (is.kind || (is.word && !cues.any))) return true;
  // Wire copy writes "Hama's countryside" as the name of a movement.
  return token.text === 'Hamas' && !cues.kind;
}

/** What a word is where it is no place. */
const elseIs = perSpelling(({ text, norm }) => ({
  never:
    NEVER.has(norm) ||
    (norm.endsWith('s') && NEVER.has(norm.slice(0, -1))) ||
    (text.length <= 5 && /^\p{Lu}{2,}s?$/u.test(text) && !isCountryCode(norm)),
  person: PERSONS.has(norm),
  word: WORDS.has(norm),
  kind: kindsOf(norm) !== undefined,
}));

/** Does a given name stand right before ("Ahmad Jarba")? Not after an article: "al-Omar Hajin" is a list. */
export function afterGivenName(tokens: readonly Token[], first: number): boolean {
  const before = tokens[first - 1];
  return (
    before !== undefined &&
    before.sentence === tokens[first]?.sentence &&
    isCapitalised(before.text) &&
    PERSONS.has(before.norm) &&
    tokens[first - 2]?.text !== '-'
  );
}

/** Is the name that of a hospital, a mosque, a street: a thing that may be called after anyone? */
export const isCalledAfter = (tokens: readonly Token[], span: TokenSpan): boolean =>
  CALLED_AFTER.has(norm(tokens, span.last)) && tokens[span.last]?.sentence === tokens[span.first]?.sentence;

/** Does a verb that is done to places stand right before the phrase? */
export const afterVerb = (tokens: readonly Token[], first: number): boolean =>
  DONE_TO_PLACES.test(norm(tokens, first - 1)) && tokens[first - 1]?.sentence === tokens[first]?.sentence;

/** "Manbij Military Council", "Homs Liberation Movement": the name is a body's. */
function followedByBody(tokens: readonly Token[], last: number): boolean {
  const next = tokens[last];
  const after = tokens[last + 1];
  if (next === undefined) return false;
  if (/^(?:news|newspaper|tv|website)$/.test(next.norm)) return true;
  if (!isCapitalised(next.text)) return false;
  if (BODY_AFTER.has(next.norm)) return true;
  return (
    /^(?:military|civil|civilian|liberation|revolutionary|local|media)$/.test(next.norm) &&
    after !== undefined &&
    isCapitalised(after.text) &&
    BODY_AFTER.has(after.norm)
  );
}

const isCountryCode = (word: string): boolean => /^(?:usa|uk|uae|drc|ksa)$/.test(word);

function precededByBody(tokens: readonly Token[], first: number): boolean {
  const before = tokens[first - 1];
  if (before === undefined || before.sentence !== tokens[first]?.sentence) return false;
  if (norm(tokens, first - 1) === 'of') return BODY_BEFORE.has(norm(tokens, first - 2));
  return TITLES.has(before.norm) && before.kind === 'word' && !isArticle(before.norm);
}

/** Is there a locative preposition before the phrase that starts at `first`? */
export const afterPreposition = (tokens: readonly Token[], first: number): boolean =>
  LOCATIVE.has(norm(tokens, first - 1)) && tokens[first - 1]?.sentence === tokens[first]?.sentence;

/**
 * Does the name stand inside a run of capitalised words that no place explains ("Khaled Abdul Majid")? In a title
 * every word is capitalised, so nothing follows from it there.
 */
export function inRunOfNames(
  tokens: readonly Token[],
  span: TokenSpan,
  isPlaceToken: (at: number) => boolean,
  titleCase: boolean,
): boolean {
  if (titleCase) return false;
  const sentence = tokens[span.first]?.sentence;
  const before = span.first - 1;
  const after = span.last;
  const starts = tokens[before]?.sentence === sentence && tokens[before - 1]?.sentence !== sentence;
  const left =
    capitalNeighbour(tokens, before, sentence) &&
    !isPlaceToken(before) &&
    !starts &&
    !LOCATIVE.has(norm(tokens, before));
  const right = capitalNeighbour(tokens, after, sentence) && !isPlaceToken(after);
  // "Santiago del Estero", "Mocímboa da Praia": a Romance name goes on.
  const romance = ROMANCE.test(norm(tokens, after)) && capitalNeighbour(tokens, after + 1, sentence);
  const romanceBefore = ROMANCE.test(norm(tokens, before)) && capitalNeighbour(tokens, before - 1, sentence);
  return left || right || romance || romanceBefore;
}
