import type { en } from "../en/lists";

export const de: typeof en = {
  add: "Neue Liste",
  edit: "Liste bearbeiten",
  name: "Name",
  nameMissing: "Gib der Liste einen Namen.",
  color: "Farbe",
  noColor: "Keine",
  colors: {
    red: "Rot",
    orange: "Orange",
    yellow: "Gelb",
    green: "Grün",
    teal: "Türkis",
    blue: "Blau",
    purple: "Violett",
    pink: "Rosa",
    gray: "Grau",
  },
  make: "Liste hinzufügen",
  save: "Speichern",
  archive: "Archivieren",
  deleteKeeping: "Liste löschen, Aufgaben behalten",
  deleteAll: "Liste und Aufgaben löschen",
  archived: (name) => `Liste „${name}“ archiviert`,
  deleted: (name) => `Liste „${name}“ gelöscht`,
};
