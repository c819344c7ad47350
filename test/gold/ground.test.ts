import { statesWhatItSays } from './states.ts';

statesWhatItSays('ground taken and held in many wars', 'ground.txt', 95);
