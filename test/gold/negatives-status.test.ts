import { statesNothingCurrent } from './negatives.ts';

statesNothingCurrent('what is planned, failed, denied or old', 'negatives-status.txt', 60);
