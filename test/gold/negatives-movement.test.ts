import { statesNothingCurrent } from './negatives.ts';

statesNothingCurrent('the words of movements and deals from elsewhere', 'negatives-movement.txt', 60);
