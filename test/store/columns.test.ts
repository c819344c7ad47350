import { describe, expect, it } from 'vitest';
import { fromServer } from '../../src/store/schema/columns.ts';

describe('a moment as the server writes it', () => {
  it.each([
    '2018-05-20 06:00:00+00',
    '2018-05-20 06:00:00.1+00',
    '2018-05-20 06:00:00.12+00',
    '2018-05-20 06:00:00.123+00',
    // Another server may be told to live elsewhere.
    '2018-05-20 06:00:00.123+02',
    '2018-05-20 06:00:00.5-03:30',
    '+012018-05-20T06:00:00.000Z',
  ])('%s is the same moment', (written) => {
    expect(fromServer(written)).toBe(new Date(written).toISOString());
  });

  it.each(['2018-05-20 06:00:00.123456+00', '0044-03-15 06:00:00+00 BC', 'infinity'])(
    '%s is read as a date is, or refused as one',
    (written) => {
      const read = (make: () => string): string => {
        try {
          return make();
        } catch {
          return 'refused';
        }
      };
      expect(read(() => fromServer(written))).toBe(read(() => new Date(written).toISOString()));
    },
  );
});
