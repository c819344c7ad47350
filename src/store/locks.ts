/** First key of Sitrep's advisory locks ("SITS"). "SITR" is the data folder's (embedded/holder.ts). */
const OURS = 0x53495453;
/** First key of the destinations' locks ("SITT"); the second is a hash of the destination's id. */
export const DESTINATION_LOCKS = 0x53495454;

/** Two-part keys of the advisory locks that serialise one kind of work over all processes. */
export const LOCKS = {
  migrate: [OURS, 1],
  /** Reports take their numbers in the order of commit, so that judging in order of number misses none. */
  accept: [OURS, 2],
  judge: [OURS, 3],
} as const;
