import { describe, expect, it } from 'vitest';
import { destinationAt, directTo, personOf } from '../../src/model/telling.ts';

describe('a destination', () => {
  it('is the same for the same address, and another in another workspace', () => {
    const here = destinationAt('slack', 'T1', 'C1', '#damascus');
    expect(destinationAt('slack', 'T1', 'C1', '#renamed').id).toBe(here.id);
    expect(destinationAt('slack', 'T2', 'C1', '#damascus').id).not.toBe(here.id);
    expect(personOf(here)).toBeUndefined();
  });

  it('of direct messages names the person', () => {
    const mine = directTo({ platform: 'discord', workspace: 'G1', id: '42', name: 'sample' });
    expect(personOf(mine)).toBe('42');
    expect(mine.name).toBe('@sample');
  });
});
