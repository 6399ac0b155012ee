// Lengths of time from now.

import { addMonths, LAST_DAY } from "../calendar";
import { coming, inWeekOf, readDay } from "./days";
import type { Fragment, Grammar, Read } from "./grammar";

type Amount = readonly [count: number, unit: string, next: number];

/** "in 3 days", "in an hour and 30 minutes", "in half an hour", "2 weeks from now", "2 weeks from Friday" */
export function readLength(grammar: Grammar, at: number): Read<Fragment> {
  const { today } = grammar.context;
  const lead = grammar.latest(at);
  const isLed = grammar.means(lead, "In");
  const from = grammar.skip(lead, "In");
  const half = isLed ? halfHour(grammar, from) : undefined;
  if (half !== undefined) return [{ kind: "due", minutes: 30 }, half];
  const found = amount(grammar, from);
  if (!found) return undefined;
  const [count, unit, next] = found;
  if (grammar.means(next, "From") && grammar.means(next + 1, "Now")) return after(found, today, next + 2);
  if (grammar.means(next, "From")) {
    const day = unit === "minute" || unit === "hour" ? undefined : readDay(grammar, next);
    return day && after(found, day[0], day[1]);
  }
  const weekday = unit === "week" ? weeksAndWeekday(grammar, count, next, isLed) : undefined;
  if (weekday || !isLed) return weekday;
  const more = amount(grammar, grammar.skip(next, "And"));
  if (unit === "hour" && more?.[1] === "minute") return [{ kind: "due", minutes: count * 60 + more[0] }, more[2]];
  return after(found, today, next);
}

/** The weekday behind a number of weeks: that of this week in "in 2 weeks on Monday", so long after it in "a week on Friday". */
function weeksAndWeekday(grammar: Grammar, weeks: number, at: number, isLed: boolean): Read<Fragment> {
  const place = grammar.skip(at, "On");
  const weekday = grammar.number(place, "Weekday");
  if (weekday === undefined || place === at) return undefined;
  const start = isLed ? grammar.context.today : coming(grammar, weekday, false);
  return [{ kind: "due", day: inWeekOf(grammar, start + weeks * 7, weekday) }, place + 1];
}

function halfHour(grammar: Grammar, at: number): number | undefined {
  const half = grammar.number(at, "Number") === 1 ? at + 1 : at;
  const hour = grammar.number(half + 1, "Number") === 1 ? half + 2 : half + 1;
  return grammar.means(half, "Half") && grammar.unit(hour) === "hour" ? hour + 1 : undefined;
}

function amount(grammar: Grammar, at: number): Amount | undefined {
  const short = grammar.find(at, "Length");
  const [count, unit] = short
    ? [Number(short[0]), String(short[1])]
    : [grammar.number(at, "Number"), grammar.unit(at + 1)];
  if (count === undefined || unit === undefined || count < 1 || count > 9999) return undefined;
  return [count, unit, short ? at + 1 : at + 2];
}

function after([count, unit]: Amount, start: number, next: number): Read<Fragment> {
  if (unit === "minute" || unit === "hour")
    return [{ kind: "due", minutes: unit === "hour" ? count * 60 : count }, next];
  let day = start + (unit === "week" ? count * 7 : count);
  if (unit === "month" || unit === "year") day = addMonths(start, unit === "year" ? count * 12 : count);
  return day <= LAST_DAY ? [{ kind: "due", day }, next] : undefined;
}
