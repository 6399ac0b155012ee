// Reads a calendar as ical.js does, and prints when its events are: lines of UID and start, between two days.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [, , from, to] = process.argv;
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));

const text = (time) => (time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString().slice(0, 19));
for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  const days = event.iterator();
  for (let day = days.next(); day && text(day) < to; day = days.next()) {
    if (text(day) >= from) console.log(`${event.uid} ${text(day)}`);
  }
}
