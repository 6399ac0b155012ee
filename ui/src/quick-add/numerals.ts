// Dates, times and numbers in digits. The same in both languages. A time is its minutes since midnight.

import { dayNumber } from "./calendar";
import type { Meaning } from "./meaning";

/** What a word of digits may mean. */
export function numeralMeanings(word: string): Meaning[] {
  if (!/^\d[\x21-\x7e]{0,31}$/.test(word)) return [];
  for (const read of [whole, ordinal, iso, points, slashes, timeOrLength]) {
    const found = read(word);
    if (found) return found;
  }
  return [];
}

function whole(word: string): Meaning[] | undefined {
  return /^\d{1,4}$/.test(word) ? [["Number", Number(word)]] : undefined;
}

function ordinal(word: string): Meaning[] | undefined {
  const number = Number(/^(\d{1,4})(?:st|nd|rd|th|\.)$/.exec(word)?.[1]);
  return number >= 1 && number <= 31 ? [["Ordinal", number]] : undefined;
}

function iso(word: string): Meaning[] | undefined {
  const parts =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:t(\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?(z|[+-]\d\d:?(?:\d\d)?)?)?$/.exec(word);
  if (!parts) return undefined;
  const day = dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  const time = parts[4] === undefined ? undefined : clockTime(parts[4]);
  if (day === undefined || (parts[4] !== undefined && time === undefined)) return undefined;
  return time === undefined
    ? [["Date", day]]
    : [
        ["Date", day],
        ["Time", time, 1],
      ];
}

function points(word: string): Meaning[] | undefined {
  const parts = /^(\d{1,2})\.(\d{1,2})(?:(\.)(\d\d|\d{4})?)?$/.exec(word);
  if (!parts) return undefined;
  const [day, month] = [Number(parts[1]), Number(parts[2])];
  if (parts[3] === undefined) return parts[2]?.length === 2 ? [["Pair", day, month]] : undefined;
  if (parts[4] === undefined) return dayNumber(2024, month, day) === undefined ? undefined : [["DayMonth", day, month]];
  return dateOf(fullYear(parts[4]), month, day);
}

function dateOf(year: number, month: number, day: number): Meaning[] | undefined {
  const date = dayNumber(year, month, day);
  return date === undefined ? undefined : [["Date", date]];
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
  const half = /^([ap])\.?m\.?$/.exec(unit)?.[1];
  if (half !== undefined) {
    const time = hourTime(number.replace(".", ":"));
    const exact = time === undefined ? undefined : inHalf(time, half === "p");
    return exact === undefined ? undefined : [["Time", exact, 1]];
  }
  if (unit === "uhr") {
    const time = hourTime(number);
    return time === undefined ? undefined : [["Time", time, 1]];
  }
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
