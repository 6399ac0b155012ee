import { useState } from "preact/hooks";
import {
  applyTheme,
  enableShortcuts,
  readTheme,
  shortcutsEnabled,
  storePreference,
  type Theme,
} from "../browser/preferences";
import { type Language, language, languages } from "../strings/language";
import { settingsStrings } from "../strings/settings";
import { SettingsSection } from "./SettingsSection";

const themes: readonly Theme[] = ["auto", "light", "dark"];

export function Appearance() {
  const [chosen, setChosen] = useState(readTheme());
  const { appearance } = settingsStrings;
  const pick = (wanted: Theme) => {
    storePreference("theme", wanted === "auto" ? null : wanted);
    applyTheme(wanted);
    setChosen(wanted);
  };
  const speak = (wanted: string) => {
    storePreference("language", wanted);
    location.reload();
  };
  return (
    <SettingsSection id="look" heading={appearance.heading}>
      <fieldset class="choices">
        <legend>{appearance.theme}</legend>
        {themes.map((name) => (
          <label key={name} class="tick">
            <input type="radio" name="theme" checked={chosen === name} onChange={() => pick(name)} />
            {appearance.themes[name]}
          </label>
        ))}
      </fieldset>
      <div class="field narrow">
        <label for="language">{appearance.language}</label>
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
          checked={shortcutsEnabled.value}
          onChange={(event) => enableShortcuts(event.currentTarget.checked)}
        />
        {appearance.keys}
      </label>
    </SettingsSection>
  );
}
