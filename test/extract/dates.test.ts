import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datelineDay, findDates, publishedDay } from '../../src/extract/dates.ts';
import { segment } from '../../src/extract/segment.ts';
import { day, instant } from '../../src/model/time.ts';

// A Sunday.
const PUBLISHED = day('2018-05-20');

/** Each date as "date precision", with "assigned" and "since" where they hold. */
function dates(body: string, published = PUBLISHED): string[] {
  const { tokens, sentences } = segment(body);
  return findDates(tokens, sentences, published).map((span) =>
    [
      span.date,
      span.precision === 'day' ? '' : span.precision,
      span.assigned ? 'assigned' : '',
      span.since ? 'since' : '',
    ]
      .filter(Boolean)
      .join(' '),
  );
}

describe('findDates', () => {
  it.each([
    ['They left on Saturday.', ['2018-05-19']],
    ['They left on Sunday.', ['2018-05-20']],
    ['They left last Sunday.', ['2018-05-13']],
    ['They left last Thursday.', ['2018-05-17']],
    ['They leave next Friday.', ['2018-05-25']],
    ['They left on Saturday night.', ['2018-05-19']],
    ['Mondays fighting went on.', ['2018-05-14']],
    ['It came on Saturday 27 February 2016.', ['2016-02-27 assigned']],
    ['They left at dawn today (Sunday).', ['2018-05-20']],
    ['They left today (Saturday).', ['2018-05-19']],
    ['They left yesterday.', ['2018-05-19']],
    ['They left overnight.', ['2018-05-20']],
    ['They left last night.', ['2018-05-19']],
    ['They left early this month.', ['2018-05 month']],
    ['They left last month.', ['2018-04 month']],
    ['They left in May.', ['2018-05 month']],
    ['They left in December.', ['2017-12 month']],
    ['They left last May.', ['2017-05 month']],
    ['They left in March 2011.', ['2011-03 month assigned']],
    ['They left last year.', ['2017 year']],
    ['They left late last year.', ['2017 year']],
    ['They left two days ago.', ['2018-05-18']],
    ['They left five years ago.', ['2013 year']],
    ['They left three months ago.', ['2018-02 month']],
    ['They have been there since mid-2012.', ['2012 year assigned since']],
    ['It has been shut since early last year.', ['2017 year since']],
    ['It has been shut since Saturday noon.', ['2018-05-19 since']],
    ['On 3 May 2020, troops left.', ['2020-05-03 assigned']],
    ['The 3rd of May brought a truce.', ['2018-05-03']],
    ['It fell on 03-09-2014.', ['2014-09-03 assigned']],
    ['It fell on 2014-09-03.', ['2014-09-03 assigned']],
    ['It fell on 20.04.2017.', ['2017-04-20 assigned']],
    ['It fell on 4/25/2017.', ['2017-04-25 assigned']],
    ['It fell on April 15.', ['2018-04-15']],
    ['It fell on Sept. 5, 2016.', ['2016-09-05 assigned']],
    ['It fell on November 30.', ['2017-11-30']],
    ['The truce starts on 5 June.', ['2018-06-05']],
    ['It fell on the night of 12 March.', ['2018-03-12']],
    ['They left earlier this week.', ['2018-05-14 week']],
    ['They left last week.', ['2018-05-07 week']],
    ['They left in the past 24 hours.', ['2018-05-20']],
    ['They left over the past three days.', ['2018-05-17 week']],
    ['They left in 2015.', ['2015 year assigned']],
    ['The 2011 uprising began.', ['2011 year assigned']],
    ['A ceasefire of February failed.', ['2018-02 month']],
    // No such day: the month may still be right.
    ['It fell on 31 February 2016.', ['2016-02 month assigned']],
    ['انسحبوا يوم السبت', ['2018-05-19']],
    ['انسحبوا أمس', ['2018-05-19']],
    ['انسحبوا في 20 أيار 2017', ['2017-05-20 assigned']],
    ['انسحبوا في ١٢ كانون الثاني ٢٠١٧', ['2017-01-12 assigned']],
    ['انسحبوا الشهر الماضي', ['2018-04 month']],
  ])('%s', (body, expected) => {
    expect(dates(body)).toEqual(expected);
  });

  it.each([
    'They left after a three-year siege.',
    'They may leave.',
    'They march on the town.',
    'The sun rose and he sat down.',
    'About 2,000 people left.',
    'They took 2012 rifles.',
    'It was 20 km away.',
    'A week later they left.',
    'Mr. June and Ms. April spoke.',
  ])('nothing in %j', (body) => {
    expect(dates(body)).toEqual([]);
  });

  it('takes days at a turn of the year from the nearer year', () => {
    expect(dates('It fell on 30 December.', day('2017-01-03'))).toEqual(['2016-12-30']);
    expect(dates('It starts on 2 January.', day('2016-12-30'))).toEqual(['2017-01-02']);
    expect(dates('It fell last month.', day('2017-01-03'))).toEqual(['2016-12 month']);
  });

  it('counts days from the end of what a date covers', () => {
    const { tokens, sentences } = segment(
      'Since 12 March, in April, last year and this month, and on 5 June.',
    );
    expect(findDates(tokens, sentences, PUBLISHED).map((span) => span.daysAgo)).toEqual([
      69, 20, 140, 0, -16,
    ]);
  });

  it('passes over page furniture, and tells the dateline', () => {
    const { tokens, sentences } = segment('Published April 8 2017 Troops left the port on Friday.');
    expect(findDates(tokens, sentences, day('2017-04-08')).map((span) => span.date)).toEqual(['2017-04-07']);
    expect(datelineDay(tokens, sentences, PUBLISHED)).toBe('2017-04-08');
  });

  it('takes no caption’s date for the dateline', () => {
    const body =
      'Troops left the port. A picture taken on July 29 2016 shows the port (archive) They went north.';
    const { tokens, sentences } = segment(body);
    expect(datelineDay(tokens, sentences, PUBLISHED)).toBeUndefined();
  });

  it('knows the reader’s day', () => {
    const late = instant('2018-05-19T22:30:00Z');
    expect([publishedDay(late), publishedDay(late, 'Asia/Damascus')]).toEqual(['2018-05-19', '2018-05-20']);
  });

  it('never throws, keeps order and bounds, and is the same twice', () => {
    const words = fc.constantFrom(
      'on',
      'Saturday',
      'May',
      '3',
      '2016',
      '-',
      '/',
      '.',
      'last',
      'week',
      'two',
      'days',
      'ago',
      'since',
      'mid',
      '31',
      'February',
      'past',
      'a',
      'few',
      'today',
      '(',
      ')',
      ',',
      'of',
      '20.04.2017',
      'كانون',
      'الثاني',
      '99',
    );
    const anyDay = fc.date({ min: new Date('1995-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), anyDay, (parts, at) => {
        const published = day(at.toISOString().slice(0, 10));
        const { tokens, sentences } = segment(parts.join(' '));
        const spans = findDates(tokens, sentences, published);
        let end = 0;
        for (const span of spans) {
          expect(span.first).toBeGreaterThanOrEqual(end);
          expect(span.last).toBeGreaterThan(span.first);
          expect(span.date).toMatch(/^\d{4}(?:-\d\d(?:-\d\d)?)?$/);
          expect(Number.isInteger(span.daysAgo)).toBe(true);
          if (span.precision === 'day') expect(day(span.date)).toBe(span.date);
          end = span.last;
        }
        expect(end).toBeLessThanOrEqual(tokens.length);
        expect(findDates(tokens, sentences, published)).toEqual(spans);
      }),
      { numRuns: 300 },
    );
  });
});
