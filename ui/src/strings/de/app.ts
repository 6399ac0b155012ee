import type { en } from "../en/app";

export const de: typeof en = {
  app: "Todo",
  loading: "Wird geladen…",
  retry: "Noch einmal",
  undo: "Rückgängig",
  dismiss: "Schließen",
  signOut: "Abmelden",
  skip: "Zum Inhalt springen",
  pages: "Seiten",
  unnamedApp: "Eine App ohne Namen",
  close: "Schließen",

  title: (page) => `${page} · Todo`,

  nav: { tasks: "Aufgaben", conversations: "Gespräche", settings: "Einstellungen" },

  offline: {
    page: "Offline",
    heading: "Du bist offline",
    lead: (time) => `Das ist deine Liste vom ${time}. Ändern kannst du sie, sobald die Verbindung wieder da ist.`,
    banner: "Du bist offline. Änderungen können erst gespeichert werden, wenn die Verbindung wieder da ist.",
  },

  lazyFailed: {
    heading: "Diese Seite konnte nicht geladen werden",
    text: "Prüfe die Verbindung und versuche es noch einmal.",
  },

  shortcuts: "Tastenkürzel",

  problems: {
    offline: "Der Server ist nicht erreichbar.",
    timeout: "Der Server hat zu lange gebraucht.",
    unauthenticated: "Bitte melde dich noch einmal an.",
    notFound: "Das gibt es nicht mehr.",
    tooMany: "Zu viele Anfragen.",
    tooManyFor: (seconds) => `Zu viele Anfragen. Versuche es in ${seconds} s noch einmal.`,
    unavailable: "Der Server ist gerade nicht verfügbar.",
    other: "Auf dem Server ist etwas schiefgegangen.",
  },

  launcher: {
    name: "Assistent",
    open: "Assistenten öffnen",
    loadFailed: "Der Assistent konnte nicht geladen werden. Lade die Seite neu und versuche es noch einmal.",
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
    consent: "App verbinden",
    conversations: "Gespräche",
    settings: "Einstellungen",
  },
};
