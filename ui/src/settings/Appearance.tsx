import { useState } from "preact/hooks";
import { applyTheme, choose, type Theme, theme } from "../browser/preferences";
import { shortcutsOn, turnShortcuts } from "../frame/shortcuts";
import { words } from "../strings/account";
import { type Language, language, languages } from "../strings/language";
import { Section } from "./SettingsSection";

const themes: readonly Theme[] = ["auto", "light", "dark"];

export function Look() {
  const [chosen, setChosen] = useState(theme());
  const { look } = words.settings;
  const pick = (wanted: Theme) => {
    choose("theme", wanted === "auto" ? null : wanted);
    applyTheme(wanted);
    setChosen(wanted);
  };
  const speak = (wanted: string) => {
    choose("language", wanted);
    location.reload();
  };
  return (
    <Section id="look" heading={look.heading}>
      <fieldset class="choices">
        <legend>{look.theme}</legend>
        {themes.map((name) => (
          <label key={name} class="tick">
            <input type="radio" name="theme" checked={chosen === name} onChange={() => pick(name)} />
            {look.themes[name]}
          </label>
        ))}
      </fieldset>
      <div class="field narrow">
        <label for="language">{look.language}</label>
        <select id="language" value={language} onChange={(event) => speak(event.currentTarget.value)}>
          {(Object.keys(languages) as Language[]).map((name) => (
            <option key={name} value={name} lang={name}>
              {languages[name]}
            </option>
          ))}
        </select>
      </div>
      <label class="tick">
        <input
          type="checkbox"
          checked={shortcutsOn.value}
          onChange={(event) => turnShortcuts(event.currentTarget.checked)}
        />
        {look.keys}
      </label>
    </Section>
  );
}
