import { settingsStrings } from "../strings/settings";

/** The first section of each subject, by its element id. */
const subjects = { account: "profile", appearance: "look", tools: "connect", data: "data" } as const;

/** Leads to the subjects of the page. */
export function SettingsIndex() {
  const { index } = settingsStrings;
  const go = (event: MouseEvent, id: string) => {
    event.preventDefault();
    const section = document.getElementById(id);
    section?.scrollIntoView();
    section?.focus({ preventScroll: true });
  };
  return (
    <nav class="index" aria-label={index.name}>
      {(Object.keys(subjects) as (keyof typeof subjects)[]).map((subject) => (
        <a key={subject} href={`#${subjects[subject]}`} onClick={(event) => go(event, subjects[subject])}>
          {index[subject]}
        </a>
      ))}
    </nav>
  );
}
