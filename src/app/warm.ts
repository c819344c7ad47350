import { setImmediate as others } from 'node:timers/promises';
import type { PlaceFinder } from '../commands/ports.ts';

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyzابتثجحخدذرزسشصضطظعغفقكلمنهوي');
/** As many as platforms ask for. */
const CHOICES = 25;

/**
 * Looks up once what every name can begin with, between other work: the first person who types a place waits no longer
 * than the next one. Below a single letter lie thousands of names.
 */
export async function warmUp(places: Pick<PlaceFinder, 'complete'>, giveUp: AbortSignal): Promise<void> {
  for (const letter of LETTERS) {
    if (giveUp.aborted) return;
    places.complete(letter, CHOICES);
    await others();
  }
}
