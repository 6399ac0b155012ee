import { changeSettings, getSettings, type UserSettings, type WeekStart, weekStarts } from "../api/settings";
import type { User } from "../auth/session";
import { notify } from "../state/notices";
import { noteSettings } from "../state/userTimes";
import { language } from "../strings/language";
import { settingsStrings } from "../strings/settings";
import { attempt } from "./attempt";
import { Loadable } from "./Loadable";
import { SettingsSection } from "./SettingsSection";
import { useLoadable } from "./useLoadable";

/** Where the user is, and when days, weeks and reminders begin. Each choice is saved at once. */
export function TimeSettings({ user }: { user: User }) {
  const [content, reload] = useLoadable(() => getSettings(user.id));
  const { times, saved } = settingsStrings;
  const change = async (changes: Partial<UserSettings>) => {
    const failure = await attempt(async () => noteSettings(await changeSettings(user.id, changes)));
    notify(failure === null ? { kind: "done", text: saved } : { kind: "failure", text: failure });
    await reload();
  };
  return (
    <SettingsSection id="times" heading={times.heading} lead={times.lead}>
      <Loadable content={content} reload={reload}>
        {(settings) => <TimeFields settings={settings} change={change} />}
      </Loadable>
    </SettingsSection>
  );
}

interface TimeFieldsProps {
  readonly settings: UserSettings;
  readonly change: (changes: Partial<UserSettings>) => Promise<void>;
}

function TimeFields({ settings, change }: TimeFieldsProps) {
  const { times } = settingsStrings;
  const zone = settings.time_zone ?? "UTC";
  return (
    <div class="narrow">
      <div class="field">
        <label for="zone">{times.zone}</label>
        <select
          id="zone"
          aria-describedby="zone-note"
          value={zone}
          onChange={({ currentTarget: { value } }) => void change({ time_zone: value })}
        >
          {knownZones(zone).map((name) => (
            <option key={name} value={name}>
              {name.replaceAll("_", " ")}
            </option>
          ))}
        </select>
        <p id="zone-note" class="note">
          {times.now(timeIn(zone))}
        </p>
      </div>
      <div class="field">
        <label for="week-start">{times.weekStart}</label>
        <select
          id="week-start"
          value={settings.week_start}
          onChange={({ currentTarget: { value } }) => void change({ week_start: value as WeekStart })}
        >
          {weekStarts.map((day) => (
            <option key={day} value={day}>
              {times.weekdays[day]}
            </option>
          ))}
        </select>
      </div>
      <TimeField
        id="reminder-time"
        label={times.reminderTime}
        note={times.reminderNote(clockTime(settings.reminder_time))}
        value={settings.reminder_time}
        onTime={(time) => void change({ reminder_time: time })}
      />
      <TimeField
        id="day-start"
        label={times.dayStart}
        note={times.dayNote(clockTime(settings.day_start))}
        value={settings.day_start}
        onTime={(time) => void change({ day_start: time })}
      />
    </div>
  );
}

interface TimeFieldProps {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly value: string;
  readonly onTime: (time: string) => void;
}

/** A time of day, which is taken once the field is left. */
function TimeField({ id, label, note, value, onTime }: TimeFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        key={value}
        id={id}
        type="time"
        required
        // What is being typed stays while another choice is saved.
        defaultValue={value}
        aria-describedby={`${id}-note`}
        onBlur={({ currentTarget: field }) => {
          if (field.value === "") field.value = value;
          else if (field.value !== value) onTime(field.value);
        }}
      />
      <p id={`${id}-note`} class="note">
        {note}
      </p>
    </div>
  );
}

/** The zones that the browser knows, and this one. */
function knownZones(zone: string): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", zone])].sort();
}

function timeIn(zone: string): string {
  try {
    return new Date().toLocaleString(language, { timeZone: zone, weekday: "long", hour: "numeric", minute: "2-digit" });
  } catch {
    return zone; // a zone that the browser does not know
  }
}

function clockTime(time: string): string {
  return new Date(`2026-01-01T${time}`).toLocaleTimeString(language, { timeStyle: "short" });
}
