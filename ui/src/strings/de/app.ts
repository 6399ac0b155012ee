import type { en } from "../en/app";

export const de: typeof en = {
  app: "Todo",
  loading: "Wird geladen…",
  retry: "Noch einmal",
  undo: "Rückgängig",
  dismiss: "Schließen",
  signOut: "Abmelden",
  accountOf: "Konto von",
  skip: "Zum Inhalt springen",
  pages: "Seiten",
  unnamedApp: "Eine App ohne Namen",
  close: "Schließen",
  newVersion: "Eine neue Version ist da.",
  reload: "Neu laden",

  title: (page) => `${page} · Todo`,

  nav: {
    tasks: "Aufgaben",
    completed: "Erledigt",
    inbox: "Eingang",
    today: "Heute",
    upcoming: "Demnächst",
    activity: "Verlauf",
    settings: "Einstellungen",
    views: "Listen und Schlagwörter",
    newList: "Neue Liste",
  },

  offline: {
    page: "Offline",
    banner: "Du bist offline. Was du änderst, bleibt hier und wird gespeichert, sobald die Verbindung wieder da ist.",
  },

  partFailed: "Dieser Teil der Seite konnte nicht geladen werden.",
  lazyFailed: {
    heading: "Diese Seite konnte nicht geladen werden",
    text: "Prüfe die Verbindung und versuche es noch einmal.",
  },

  tour: "Rundgang beginnen",
  palette: "Befehlsmenü",
  shortcuts: "Tastenkürzel",

  problems: {
    offline: "Der Server ist nicht erreichbar.",
    timeout: "Der Server hat zu lange gebraucht.",
    unauthenticated: "Bitte melde dich noch einmal an.",
    notFound: "Das gibt es nicht mehr.",
    tooMany: "Zu viele Anfragen.",
    tooManyFor: (seconds) => `Zu viele Anfragen. Versuche es in ${seconds} s noch einmal.`,
    unavailable: "Der Server ist gerade nicht verfügbar.",
    internal: "Unser Server hatte ein Problem. Nichts ist verloren.",
    other: "Auf dem Server ist etwas schiefgegangen.",
  },

  launcher: {
    name: "Assistent",
    open: "Assistenten öffnen",
    openUnread: "Assistenten öffnen: neue Antwort",
  },

  notFound: {
    page: "Seite nicht gefunden",
    heading: "Hier ist nichts",
    lead: "Die Adresse ist vielleicht vertippt, oder die Seite ist umgezogen.",
    home: "Zu deinen Aufgaben",
  },

  pageNames: {
    forgot: "Passwort vergessen",
    reset: "Neues Passwort",
    verified: "E-Mail bestätigt",
    "app-refused": "App nicht verbunden",
    consent: "App verbinden",
    conversations: "Gespräche",
    activity: "Verlauf",
    settings: "Einstellungen",
  },
};
