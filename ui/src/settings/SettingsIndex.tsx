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
        <SectionLink key={subject} to={subjects[subject]}>
          {index[subject]}
        </SectionLink>
      ))}
    </nav>
  );
}

/** Leads to another section of the page. */
export function SectionLink({ to, children }: { to: string; children: string }) {
  const follow = (event: Event) => {
    event.preventDefault();
    goToSection(to);
  };
  return (
    <a href={`#${to}`} onClick={follow}>
      {children}
    </a>
  );
}

export function goToSection(id: string): void {
  const section = document.getElementById(id);
  section?.scrollIntoView();
  section?.focus({ preventScroll: true });
}
