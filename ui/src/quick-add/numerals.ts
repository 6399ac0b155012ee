// Dates, times and numbers in digits. The same in both languages. A time is its minutes since midnight.

import { dayNumber } from "./calendar";
import type { Meaning } from "./meaning";

/** What a word of digits may mean. */
export function numeralMeanings(word: string): Meaning[] {
  if (!/^[\d'][\x21-\x7e]{0,31}$/.test(word)) return [];
  // "3." is an ordinal, the point of "5pm." ends a sentence.
  for (const text of [word, word.replace(/\.$/, "")]) {
    for (const read of [whole, shortYear, ordinal, iso, points, slashes, timeOrLength]) {
      const found = read(text);
      if (found) return found;
    }
  }
  return [];
}

function whole(word: string): Meaning[] | undefined {
  return /^\d{1,4}$/.test(word) ? [["Number", Number(word)]] : undefined;
}

/** `'27` */
function shortYear(word: string): Meaning[] | undefined {
  const year = /^'(\d\d)$/.exec(word)?.[1];
  return year === undefined ? undefined : [["Number", 2000 + Number(year)]];
}

function ordinal(word: string): Meaning[] | undefined {
  const number = Number(/^(\d{1,4})(?:st|nd|rd|th|\.)$/.exec(word)?.[1]);
  return number >= 1 && number <= 31 ? [["Ordinal", number]] : undefined;
}

/** One that is not in the calendar is no other date either. */
function iso(word: string): Meaning[] | undefined {
  const parts =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:t(\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?(z|[+-]\d\d:?(?:\d\d)?)?)?$/.exec(word);
  if (!parts) return undefined;
  const day = dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  if (day === undefined) return [["Blocks"]];
  if (parts[4] === undefined) return [["Date", day]];
  const time = clockTime(parts[4]);
  return time === undefined ? undefined : [["Written", day, time, parts[5] === undefined ? 0 : 1]];
}

function points(word: string): Meaning[] | undefined {
  const parts = /^(\d{1,2})\.(\d{1,2})(?:(\.)(\d\d|\d{4})?)?$/.exec(word);
  if (!parts) return undefined;
  const [day, month] = [Number(parts[1]), Number(parts[2])];
  if (parts[3] === undefined) return parts[2]?.length === 2 ? [["Pair", day, month]] : undefined;
  const date = dayNumber(parts[4] === undefined ? 2024 : fullYear(parts[4]), month, day);
  if (date !== undefined) return [parts[4] === undefined ? ["DayMonth", day, month] : ["Date", date]];
  // What is no day, such as "31.6.", is no other date either.
  return day >= 1 && day <= 31 && month >= 1 && month <= 12 ? [["Blocks"]] : undefined;
}

function fullYear(digits: string): number {
  return Number(digits) + (digits.length === 2 ? 2000 : 0);
}

function slashes(word: string): Meaning[] | undefined {
  const parts = /^(\d{1,2})\/(\d{1,2})(?:\/(\d\d|\d{4}))?$/.exec(word);
  if (!parts) return undefined;
  return [["Slashes", Number(parts[1]), Number(parts[2]), parts[3] === undefined ? 0 : fullYear(parts[3])]];
}

const LENGTHS: Record<string, string> = {
  m: "minute",
  min: "minute",
  mins: "minute",
  h: "hour",
  hr: "hour",
  hrs: "hour",
  std: "hour",
  d: "day",
  w: "week",
};

function timeOrLength(word: string): Meaning[] | undefined {
  const at = word.search(/[a-z]/);
  const [number, unit] = at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at)];
  if (unit === "") {
    const time = clockTime(number);
    return time === undefined ? undefined : [["Time", time, number.indexOf(":") === 2 ? 1 : 0]];
  }
  const half = /^([ap])\.?m$/.exec(unit)?.[1];
  if (half !== undefined) {
    const time = hourTime(number.replace(".", ":"));
    const exact = time === undefined ? undefined : inHalf(time, half === "p");
    return exact === undefined ? undefined : [["Time", exact, 1]];
  }
  if (unit === "uhr") {
    const time = hourTime(number);
    return time === undefined ? undefined : [["Time", time, 1]];
  }
  if (unit === "x") return /^\d{1,4}$/.test(number) ? [["Times"]] : undefined;
  const length = LENGTHS[unit];
  return length !== undefined && /^\d{1,4}$/.test(number) ? [["Length", Number(number), length]] : undefined;
}

/** A time of a clock with twelve hours. */
export function inHalf(time: number, afternoon: boolean): number | undefined {
  const hour = Math.floor(time / 60);
  return hour >= 1 && hour <= 12 ? (time % 720) + (afternoon ? 720 : 0) : undefined;
}

function hourTime(number: string): number | undefined {
  return clockTime(number) ?? (/^\d{1,2}$/.test(number) && Number(number) < 24 ? Number(number) * 60 : undefined);
}

function clockTime(text: string): number | undefined {
  const parts = /^(\d{1,2}):(\d\d)(?::\d{1,2})?$/.exec(text);
  const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2])];
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}
