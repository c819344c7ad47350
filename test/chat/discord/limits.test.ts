import { describe, expect, it } from 'vitest';
import { Limits, type LimitHeaders, type Route } from '../../../src/chat/discord/limits.ts';

const route = (major: string, name = 'POST /channels/:id/messages'): Route => ({ name, major });
const headers = (more: Partial<LimitHeaders> = {}): LimitHeaders => ({
  bucket: 'b',
  remaining: 4,
  resetAfterMs: 5000,
  retryAfterMs: Number.NaN,
  global: false,
  scope: undefined,
  ...more,
});

function limits(cautionMs = 0) {
  const clock = { now: 1_000_000 };
  const kept = new Limits({ now: () => clock.now, cautionMs });
  const call = (where: Route, status: number, more: Partial<LimitHeaders> = {}): void => {
    kept.take(where);
    kept.seen(where, status, headers(more));
    kept.done(where);
  };
  return { clock, kept, call };
}

describe('Discord’s limits', () => {
  it('hold until the window of an exhausted bucket is over', () => {
    const { clock, kept, call } = limits();
    call(route('1'), 200, { remaining: 0 });
    expect(kept.waitMs(route('1'))).toBe(5000);
    clock.now += 4999;
    expect(kept.waitMs(route('1'))).toBe(1);
    clock.now += 1;
    expect(kept.waitMs(route('1'))).toBe(0);
  });

  it('are each channel’s own', () => {
    const { kept, call } = limits();
    call(route('1'), 200, { remaining: 0 });
    expect(kept.waitMs(route('2'))).toBe(0);
  });

  it('are shared by routes with the same bucket', () => {
    const { kept, call } = limits();
    call(route('1'), 200, { remaining: 3 });
    call(route('1', 'PATCH /channels/:id/messages/:id'), 200, { remaining: 0 });
    expect(kept.waitMs(route('1'))).toBe(5000);
  });

  it('count what is on its way', () => {
    const { kept, call } = limits();
    call(route('1'), 200, { remaining: 2 });
    kept.take(route('1'));
    expect(kept.waitMs(route('1'))).toBe(0);
    kept.take(route('1'));
    expect(kept.waitMs(route('1'))).toBe(5000);
  });

  it('let one call find out what a route that is not known allows', () => {
    const { kept } = limits();
    expect(kept.waitMs(route('1'))).toBe(0);
    kept.take(route('1'));
    expect(kept.waitMs(route('1'))).toBeGreaterThan(0);
    kept.done(route('1'));
    expect(kept.waitMs(route('1'))).toBe(0);
  });

  it('wait as long as a 429 says, and on all routes when it is global', () => {
    const { kept, call } = limits();
    call(route('1'), 429, { remaining: 0, resetAfterMs: 1000, retryAfterMs: 65_000 });
    expect(kept.waitMs(route('1'))).toBe(65_000);
    call(route('2'), 429, { global: true, retryAfterMs: 3000, remaining: Number.NaN });
    expect(kept.waitMs(route('3'))).toBe(3000);
  });

  it('keep below fifty calls a second in all', () => {
    const { clock, kept, call } = limits();
    for (let i = 0; i < 48; i += 1) call(route(`${i}`), 200);
    expect(kept.waitMs(route('new'))).toBe(1000);
    clock.now += 1000;
    expect(kept.waitMs(route('new'))).toBe(0);
  });

  it('count a call from its end, since nobody knows when it arrived', () => {
    const { clock, kept } = limits();
    for (let i = 0; i < 48; i += 1) kept.take(route(`${i}`));
    clock.now += 5000;
    expect(kept.waitMs(route('new'))).toBeGreaterThan(0);
    for (let i = 0; i < 48; i += 1) kept.done(route(`${i}`));
    expect(kept.waitMs(route('new'))).toBe(1000);
  });

  it('stop long before ten thousand refused calls in ten minutes, which would lock the address out', () => {
    const { clock, kept, call } = limits();
    for (let i = 0; i < 2000; i += 1) {
      call(route(`${i}`), 403);
      clock.now += 100;
    }
    clock.now += 1000;
    expect(kept.waitMs(route('new'))).toBeGreaterThan(60_000);
  });

  it('are not held against us when they are the resource’s own', () => {
    const { clock, kept, call } = limits();
    for (let i = 0; i < 2000; i += 1) {
      call(route(`${i}`), 429, { scope: 'shared', retryAfterMs: 100 });
      clock.now += 100;
    }
    clock.now += 1000;
    expect(kept.waitMs(route('new'))).toBe(0);
  });

  it('stop all calls when the token is refused', () => {
    const { kept, call } = limits();
    call(route('1'), 401);
    expect(kept.waitMs(route('2'))).toBe(300_000);
  });

  it('start with a pause, since what was called before a restart is not known', () => {
    const { clock, kept } = limits(5000);
    expect(kept.waitMs(route('1'))).toBe(5000);
    clock.now += 5000;
    expect(kept.waitMs(route('1'))).toBe(0);
  });
});
