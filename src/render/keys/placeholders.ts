/** For each key of some strings, the placeholders that they may use. */
export type Placeholders = Readonly<Record<string, readonly string[]>>;
