import type { SendVerdict } from '../chat/port.ts';

/** What a call to a platform came to: its answer, or why there is none. */
export type Answer<T> =
  { readonly kind: 'answer'; readonly value: T } | { readonly kind: 'none'; readonly why: string };

/**
 * Waits for a call, at most `ms`. A call that throws has no answer either: nobody knows how far it came. What a call
 * that was given up comes to later is of no interest.
 */
export async function answerWithin<T>(ms: number, call: () => Promise<T>): Promise<Answer<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'none', why: `no answer within ${ms} ms` }), ms);
  });
  const answered = Promise.resolve()
    .then(call)
    .then(
      (value): Answer<T> => ({ kind: 'answer', value }),
      (error: unknown): Answer<T> => ({ kind: 'none', why: messageOf(error) }),
    );
  const answer = await Promise.race([answered, late]);
  clearTimeout(timer);
  return answer;
}

/** The verdict of a post or edit; without an answer `uncertain`. */
export async function verdictWithin(ms: number, call: () => Promise<SendVerdict>): Promise<SendVerdict> {
  const answer = await answerWithin(ms, call);
  return answer.kind === 'answer' ? answer.value : { kind: 'uncertain', why: answer.why };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
