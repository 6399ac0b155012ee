import type { en } from "../en/palette";

export const de: typeof en = {
  placeholder: "Öffnen, finden oder etwas tun…",
  choices: "Auswahl",
  place: "Seite",
  list: "Liste",
  tag: "Schlagwort",
  none: "Nichts hat diese Wörter.",
  found: (n) => (n === 1 ? "1 Treffer" : `${n} Treffer`),
  complete: (title, completed) => `„${title}“ ${completed ? "wieder öffnen" : "abhaken"}`,
  undo: "Letzte Änderung rückgängig machen",
  redo: "Noch einmal tun",
};
