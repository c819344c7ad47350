import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractTraced } from '../../src/extract/extract.ts';
import { segment } from '../../src/extract/segment.ts';
import { instant } from '../../src/model/time.ts';
import { knowledge } from './support.ts';

/** Each piece with its mark in front, where it has one. */
function pieces(body: string, title?: string): string[] {
  return segment(body, title).sentences.map((sentence) => {
    const text = body.slice(sentence.start, sentence.end);
    const mark = sentence.title === true ? 'title' : sentence.furniture;
    return mark === undefined ? text : `<${mark}> ${text}`;
  });
}

describe('markFurniture', () => {
  it.each([
    [
      'a dateline and the repeated title before prose',
      'Sat Oct 31 2015 Army enters northern town of Qaraya. The army entered Qaraya on Friday.',
      'Army enters northern town of Qaraya',
      [
        '<dateline> Sat Oct 31 2015',
        '<title> Army enters northern town of Qaraya.',
        'The army entered Qaraya on Friday.',
      ],
    ],
    [
      'title, agency and date without a full stop',
      'Rebels enter northern town of Qaraya Monitor AFP Tuesday 6 May 2014 Rebels entered Qaraya a monitor said.',
      'Rebels enter northern town of Qaraya Monitor - Region - World - Sample Online',
      [
        '<title> Rebels enter northern town of Qaraya Monitor',
        '<dateline> AFP',
        '<dateline> Tuesday 6 May 2014',
        'Rebels entered Qaraya a monitor said.',
      ],
    ],
    [
      'published lines and bylines',
      'Posted on April 2 2017 by Salma Haddad Buses leave the old town. They left at dawn.',
      'Buses leave the old town',
      [
        '<dateline> Posted on April 2 2017',
        '<byline> by Salma Haddad',
        '<title> Buses leave the old town.',
        'They left at dawn.',
      ],
    ],
    [
      'an agency dateline',
      'BEIRUT (Reuters) - Rebels left Hama on Friday.',
      undefined,
      ['<dateline> BEIRUT (Reuters) -', 'Rebels left Hama on Friday.'],
    ],
    [
      'a city dateline',
      'ADEN: Troops left the port.',
      undefined,
      ['<dateline> ADEN:', 'Troops left the port.'],
    ],
    [
      'share bars',
      '08.04.2017(updated 1954 08.04.2017) Get short URL 0 214 Troops left the port.',
      undefined,
      ['<share> 08.04.2017(updated 1954 08.04.2017) Get short URL 0 214', 'Troops left the port.'],
    ],
    [
      'a photo credit that runs into a dateline',
      'Troops left the port. AP Photo Fighters Head for the Coast ADEN (Sputnik) They went north.',
      undefined,
      [
        'Troops left the port.',
        '<caption> AP Photo Fighters Head for the Coast ADEN (Sputnik)',
        'They went north.',
      ],
    ],
    [
      'captions',
      'Troops left. A man walks past a wall in the port (archive) They went north.',
      undefined,
      ['Troops left.', '<caption> A man walks past a wall in the port (archive)', 'They went north.'],
    ],
    [
      'tags between prose',
      'Troops left the port. Tags Yemen Aden UN At least two brigades left.',
      undefined,
      ['Troops left the port.', '<tags> Tags Yemen Aden UN', 'At least two brigades left.'],
    ],
    [
      'what follows the text',
      'Troops left the port on Sunday after a week of talks with the elders of the old town. ... 87 Related Rebels Take Coast Road Army Leaves Old Town Tags Yemen Aden Community standardsDiscussion',
      undefined,
      [
        'Troops left the port on Sunday after a week of talks with the elders of the old town. ...',
        '87',
        '<related> Related Rebels Take Coast Road Army Leaves Old Town',
        '<tags> Tags Yemen Aden',
        '<comments> Community standardsDiscussion',
      ],
    ],
    [
      'credits',
      'Troops left the port. Reporting by A. Haddad; Editing by B. Saleh',
      undefined,
      ['Troops left the port.', '<credits> Reporting by A. Haddad; Editing by B. Saleh'],
    ],
    [
      'a signature',
      'Troops left the port. Salma Haddad / Omar Saleh',
      undefined,
      ['Troops left the port.', '<byline> Salma Haddad / Omar Saleh'],
    ],
    [
      'read more',
      'Troops left. READ MORE: Rebels take Mokha',
      undefined,
      ['Troops left.', '<read-more> READ MORE: Rebels take Mokha'],
    ],
    [
      'a section heading that lost its line',
      'Taiz A military source said troops took the hill.',
      undefined,
      ['<heading> Taiz', 'A military source said troops took the hill.'],
    ],
    [
      'a standfirst that runs into its repetition',
      'Troops have left the old port Troops have left the old port on Sunday.',
      undefined,
      ['Troops have left the old port', 'Troops have left the old port on Sunday.'],
    ],
  ])('%s', (_, body, title, expected) => {
    expect(pieces(body, title)).toEqual(expected);
  });

  it.each([
    'On 3 May 2020, government forces reportedly took control of Safira.',
    'The two sides are related by blood, a tribal source said.',
    'Rebels withdrew from the port on Sunday. (Reuters)',
    'Residents read more news than ever.',
    'Price tags rose in the besieged town.',
    'The army took the hill, a monitoring group said. (Reuters) A second hill fell later.',
    'NATO troops left Kabul. ISIS fighters took the road.',
    'SDF fighters entered Raqqa.',
  ])('keeps the prose of %j', (body) => {
    const kept = segment(body).sentences.filter((sentence) => sentence.furniture === undefined);
    const words = kept.map((sentence) => body.slice(sentence.start, sentence.end)).join(' ');
    expect(words.replace(/\W+/g, '')).toBe(body.replace(/\(Reuters\)/g, '').replace(/\W+/g, ''));
  });

  it('does not take prose that begins like the title for the title', () => {
    const body = 'Army enters northern town of Qaraya after a night of clashes.';
    expect(pieces(body, 'Army enters northern town of Qaraya')).toEqual([body]);
  });

  it('covers every token once over any string and title', () => {
    const parts = fc
      .array(
        fc.constantFrom(
          'Tags',
          'Related',
          '(',
          'AFP',
          ')',
          '.',
          'Get short URL',
          'MOSCOW',
          'May 3 2014',
          'the',
          'Army',
          'said',
          '12',
          '\n',
          'Source',
          '©',
        ),
        { maxLength: 30 },
      )
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(
        fc.oneof(parts, fc.string({ unit: 'binary' })),
        fc.option(parts, { nil: undefined }),
        (body, title) => {
          const { tokens, sentences } = segment(body, title);
          let next = 0;
          sentences.forEach((sentence, index) => {
            expect(sentence.index).toBe(index);
            expect(sentence.first).toBe(next);
            expect(sentence.last).toBeGreaterThan(sentence.first);
            next = sentence.last;
          });
          expect(next).toBe(tokens.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('is marked in a report as it is in a text by itself', async () => {
  const body = 'Taiz A military source said troops took the hill. Tags Yemen Aden';
  const report = { body, language: 'en', published: instant('2018-05-20') };
  const traced = extractTraced(report, await knowledge());
  expect(traced?.annotated.reading.sentences).toEqual(segment(body).sentences);
});
