// What a word may mean.

/** A kind of crates/task-words, then what belongs to it. */
export type Meaning = readonly [kind: string, ...values: (number | string)[]];

/** Kinds that are a day by themselves. */
export const DAYS: readonly string[] = [
  "Day",
  "Weekday",
  "Weekdays",
  "DayHour",
  "WeekdayHour",
  "Date",
  "Written",
  "DayMonth",
];
