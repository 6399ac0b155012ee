// A rule in words, as crates/recurrence has them. Pure.

import type { RepeatFrom } from "../api/schema";
import { language } from "../strings/language";
import { scheduleStrings } from "../strings/schedule";
import { frequencies, parseRule, type RuleParts, WEEKDAY_CODES, weekdayIndex } from "./rule";

/** "every 2 weeks on Monday, until 31 December 2026"; a text that is no rule stays as it is. */
export function describeRule(text: string, from: RepeatFrom = "due"): string {
  const rule = parseRule(text);
  if (rule === null) return text;
  const { words } = scheduleStrings;
  return [
    describePattern(rule),
    from === "completion" ? words.afterCompletion : "",
    rule.until === null ? "" : words.until(describeLastDay(rule.until)),
    rule.count === null ? "" : words.times(rule.count),
  ].join("");
}

function describePattern(rule: RuleParts): string {
  const { words } = scheduleStrings;
  const { frequency, interval, weekdays, monthDays } = rule;
  const period = words.periods(frequencies.indexOf(frequency), interval);
  if (frequency === "MONTHLY" && weekdays.length > 0) {
    const isEach = weekdays.every((code) => /^\D/.test(code) && !code.startsWith("-"));
    return `${period}${isEach ? words.onEach : words.onMonthDay}${listed(weekdays.map(describeNth))}`;
  }
  if (frequency === "MONTHLY" && monthDays.length > 0) {
    const days = monthDays.map((day) => (day < 0 ? words.lastDay : words.ordinal(day)));
    return `${period}${words.onMonthDay}${listed(days)}`;
  }
  if (weekdays.length === 0) return period;
  if (interval === 1 && weekdays.join() === WEEKDAY_CODES.slice(0, 5).join()) return words.workdays;
  const names = listed(weekdays.map((code) => weekdayName(weekdayIndex(code))));
  return interval === 1 ? `${words.each}${names}` : `${period}${words.onWeekday}${names}`;
}

function describeNth(code: string): string {
  const { words } = scheduleStrings;
  const nth = Number.parseInt(code, 10);
  const name = weekdayName(weekdayIndex(code));
  if (Number.isNaN(nth)) return name;
  return `${nth > 0 ? words.ordinal(nth) : (words.lastOnes[-nth - 1] ?? "")} ${name}`;
}

/** From Monday, 0. */
export function weekdayName(weekday: number, style: "long" | "short" | "narrow" = "long"): string {
  // 5 January 1970 was a Monday.
  return new Date(Date.UTC(1970, 0, 5 + weekday)).toLocaleDateString(language, { weekday: style, timeZone: "UTC" });
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")}${scheduleStrings.words.and}${last}` : last;
}

function describeLastDay(day: string): string {
  return new Date(`${day}T12:00`).toLocaleDateString(language === "en" ? "en-GB" : language, { dateStyle: "long" });
}
