import { learn, type Learnt } from '../../src/app/knowledge.ts';
import { root } from '../cli/sitrep.ts';

/** Knowledge with which reading does `harm` to each report that holds the word. */
export async function harmedBy(word: string, harm: () => void): Promise<Learnt> {
  const learnt = await learn(root, root);
  const { gazetteer } = learnt.reader;
  const harmed: typeof gazetteer = {
    ...gazetteer,
    match: (tokens) => {
      if (tokens.some(({ norm }) => norm === word)) harm();
      return gazetteer.match(tokens);
    },
  };
  return { ...learnt, reader: { ...learnt.reader, gazetteer: harmed } };
}
