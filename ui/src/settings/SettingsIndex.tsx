import { settingsStrings } from "../strings/settings";

/** The first section of each subject, by its element id. */
const subjects = {
  account: "profile",
  appearance: "look",
  times: "times",
  notifications: "notifications",
  calendar: "calendar",
  tools: "connect",
  data: "data",
} as const;

/** Leads to the subjects of the page. */
export function SettingsIndex() {
  const { index } = settingsStrings;
  return (
    <nav class="index" aria-label={index.name}>
      {(Object.keys(subjects) as (keyof typeof subjects)[]).map((subject) => (
        <a
          key={subject}
          href={`#${subjects[subject]}`}
          onClick={(event) => {
            event.preventDefault();
            goToSection(subjects[subject]);
          }}
        >
          {index[subject]}
        </a>
      ))}
    </nav>
  );
}

export function goToSection(id: string): void {
  const section = document.getElementById(id);
  section?.scrollIntoView();
  section?.focus({ preventScroll: true });
}
