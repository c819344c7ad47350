import { statesWhatItSays } from './states.ts';

statesWhatItSays('incident notes of conflict data sets', 'notes.txt', 150);

statesWhatItSays('Arabic sentences on other wars', 'notes-arabic.txt', 50);
