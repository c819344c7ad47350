import { statesNothingCurrent } from './negatives.ts';

statesNothingCurrent('the words of ground taken and lost from elsewhere', 'negatives-ground.txt', 70);
