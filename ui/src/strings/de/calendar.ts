import type { en } from "../en/calendar";

export const de: typeof en = {
  heading: "Kalender",
  lead: "Deine Aufgaben mit Datum in deinem Kalender. Er liest sie an einer geheimen Adresse und ändert nichts.",
  none: "Es gibt noch keine Adresse.",
  make: "Geheime Adresse erzeugen",
  once: "Kopiere die Adresse jetzt: Sie wird nicht noch einmal gezeigt. Wer sie hat, kann deine Aufgaben mit Datum lesen.",
  address: "Geheime Adresse",
  open: "Im Kalender dieses Geräts öffnen",
  exists: (day) => `Es gibt eine Adresse, erzeugt am ${day}.`,
  read: (time) => `Zuletzt von einem Kalender gelesen am ${time}.`,
  unread: "Noch kein Kalender hat sie gelesen.",
  replace: "Ersetzen",
  replaceSure: "Adresse ersetzen",
  replaceQuestion: "Kalender mit der alten Adresse bekommen nichts mehr. Eine neue erzeugen?",
  revoke: "Widerrufen",
  revokeSure: "Adresse widerrufen",
  revokeQuestion: "Kalender mit dieser Adresse bekommen nichts mehr. Widerrufen?",
  keep: "Behalten",
  revoked: "Die Adresse ist widerrufen",
  how: "So fügst du sie hinzu",
  calendars: [
    {
      name: "Google Kalender",
      steps: [
        "Öffne am Computer calendar.google.com.",
        "Wähle neben „Weitere Kalender“ das +, dann „Per URL“.",
        "Füge die Adresse ein und wähle „Kalender hinzufügen“. Google liest sie alle paar Stunden.",
      ],
    },
    {
      name: "Apple Kalender",
      steps: [
        "Am Mac: Ablage, Neues Kalenderabonnement. Am iPhone: Kalender, Hinzufügen, Kalenderabo hinzufügen.",
        "Füge die Adresse ein und wähle Abonnieren.",
        "Stelle „Automatisch aktualisieren“ auf stündlich.",
      ],
    },
    {
      name: "Outlook",
      steps: [
        "Öffne outlook.com, Kalender, Kalender hinzufügen.",
        "Wähle „Aus dem Web abonnieren“ und füge die Adresse ein.",
        "Gib ihm einen Namen und wähle Importieren. Outlook liest sie ein paar Mal am Tag.",
      ],
    },
  ],
};
