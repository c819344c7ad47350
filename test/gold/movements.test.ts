import { statesWhatItSays } from './states.ts';

statesWhatItSays('movements and truces of wars', 'movements.txt', 50);
