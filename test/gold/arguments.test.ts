import { statesWhatItSays } from './states.ts';

statesWhatItSays('who says it, how many, where to', 'arguments.txt', 66);
