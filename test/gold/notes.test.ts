import { statesWhatItSays } from './states.ts';

statesWhatItSays('incident notes of conflict data sets', 'notes.txt', 150);
