import { statesWhatItSays } from './states.ts';

statesWhatItSays('what was once read wrongly', 'misread.txt', 58);
