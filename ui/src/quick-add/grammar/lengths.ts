// Lengths of time from now.

import { addMonths, LAST_DAY } from "../calendar";
import type { Fragment, Grammar, Read } from "./grammar";

type Amount = readonly [count: number, unit: string, next: number];

/** "in 3 days", "in an hour and 30 minutes", "in half an hour", "2 weeks from now" */
export function readLength(grammar: Grammar, at: number): Read<Fragment> {
  if (!grammar.means(at, "In")) {
    const found = amount(grammar, at);
    if (!found || !grammar.means(found[2], "From")) return undefined;
    const now = grammar.means(found[2] + 1, "Now") || grammar.number(found[2] + 1, "Day") === 0;
    return now ? after(grammar, found, found[2] + 2) : undefined;
  }
  const half = halfHour(grammar, at + 1);
  if (half !== undefined) return [{ kind: "due", minutes: 30 }, half];
  const found = amount(grammar, at + 1);
  if (!found) return undefined;
  const more = amount(grammar, grammar.skip(found[2], "And"));
  if (found[1] === "hour" && more?.[1] === "minute")
    return [{ kind: "due", minutes: found[0] * 60 + more[0] }, more[2]];
  return after(grammar, found, found[2]);
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

function after(grammar: Grammar, [count, unit]: Amount, next: number): Read<Fragment> {
  const { today } = grammar.context;
  if (unit === "minute" || unit === "hour")
    return [{ kind: "due", minutes: unit === "hour" ? count * 60 : count }, next];
  let day = today + (unit === "week" ? count * 7 : count);
  if (unit === "month" || unit === "year") day = addMonths(today, unit === "year" ? count * 12 : count);
  return day <= LAST_DAY ? [{ kind: "due", day }, next] : undefined;
}
