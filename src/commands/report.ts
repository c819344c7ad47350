import { z } from 'zod';
import { renderHandedIn, renderNotTaken } from '../render/channel-answers.ts';
import { defineCommand } from './definition.ts';
import { given, optionalWord } from './inputs.ts';
import { findPlace } from './place.ts';
import { CONFIDENCES } from './ports.ts';

const optional = z
  .string()
  .optional()
  .transform((text) => (text?.trim() === '' ? undefined : text?.trim()));

/** The keywords end in a colon: the words of a report are full of "at" and "link". */
export const report = defineCommand({
  name: 'report',
  summary: 'Hand in a report of your own; it goes the way of any report, your name is not shown',
  access: 'anyone',
  parameters: [
    {
      name: 'text',
      summary: 'What happened, where and when, in full sentences, in English or Arabic',
      required: true,
      shown: 'TEXT',
      long: true,
    },
    {
      name: 'link',
      keyword: 'link:',
      summary: 'Where it can be read, if it is published',
      required: false,
      shown: 'URL',
    },
    {
      name: 'place',
      keyword: 'place:',
      summary: 'Where it is, when the text does not say so itself',
      required: false,
      shown: 'PLACE',
      completion: { kind: 'places' },
    },
    {
      name: 'confidence',
      keyword: 'confidence:',
      summary: `How you know: ${CONFIDENCES.join(', ')}`,
      required: false,
      shown: 'CONFIDENCE',
      completion: { kind: 'words', words: CONFIDENCES },
    },
  ],
  input: z.object({
    text: given('text'),
    link: optional,
    place: optional,
    confidence: optionalWord(CONFIDENCES),
  }),
  run: async ({ text, link, place: name, confidence }, context) => {
    const found = name === undefined ? undefined : findPlace(name, 'status', context);
    if (found?.kind === 'ask') return renderNotTaken(found.message, text, context.wording);
    const outcome = await context.reports.handIn({
      text,
      ...(link !== undefined && { link }),
      ...(found && { place: found.place }),
      ...(confidence !== undefined && { confidence }),
      ...(context.person && { person: context.person }),
    });
    const answer = renderHandedIn(outcome, context.wording);
    return outcome.kind === 'refused' ? renderNotTaken(answer, text, context.wording) : answer;
  },
});
