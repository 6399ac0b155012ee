// What a word may mean.

/** A kind of crates/task-words, then what belongs to it. */
export type Meaning = readonly [kind: string, ...values: (number | string)[]];
