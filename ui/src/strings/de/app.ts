import type { en } from "../en/app";
import { germanFieldMessage } from "../german/fieldMessages";

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
    codes: {
      malformed: "Die Anfrage wurde nicht verstanden.",
      unauthenticated: "Bitte melde dich noch einmal an.",
      invalid_token: "Bitte melde dich noch einmal an.",
      insufficient_scope: "Das ist nicht erlaubt.",
      not_found: "Das gibt es nicht mehr.",
      method_not_allowed: "Das geht hier nicht.",
      not_acceptable: "Das geht hier nicht.",
      already_imported: "Diese Datei wurde schon importiert.",
      not_delivered: "Der Dienst hat die Nachricht nicht angenommen. Versuche es später noch einmal.",
      token_limit: "Du hast zu viele Zugriffstoken. Widerrufe erst welche.",
      neighbour_gone: "Die Reihenfolge wurde inzwischen anderswo geändert.",
      list_exists: "Du hast schon eine Liste mit diesem Namen.",
      list_limit: "Du hast zu viele Listen. Lösche erst welche.",
      unsupported_file:
        "Aus dieser Datei sind keine Aufgaben zu lesen. Nimm einen Export als CSV, JSON, iCalendar, Markdown oder Text.",
      idempotency_key_reused: "Das wurde schon mit etwas anderem gesendet. Versuche es noch einmal.",
      no_tasks: "In dieser Datei ist keine Aufgabe.",
      unknown_columns: "Keine Spalte dieser Tabelle ist bekannt.",
      precondition_required: "Die Seite ist veraltet. Lade sie neu.",
      rate_limited: "Zu viele Anfragen.",
      forbidden: "Das ist nicht erlaubt.",
      conflict: "Es wurde inzwischen anderswo geändert.",
      precondition_failed: "Es wurde inzwischen anderswo geändert.",
      task_limit: "Deine Liste ist voll. Lösche Aufgaben, die du nicht mehr brauchst.",
      expired: "Dafür ist es zu spät.",
      too_large: "Das ist zu groß.",
      unsupported_media_type: "Diese Art von Datei ist nicht bekannt.",
      invalid: "Etwas daran ist nicht gültig.",
      daily_limit_reached: "Der Assistent hat sein Tageslimit erreicht.",
      internal: "Unser Server hatte ein Problem. Nichts ist verloren.",
      unavailable: "Der Server ist gerade nicht verfügbar.",
      timeout: "Der Server hat zu lange gebraucht.",
    },
    field: germanFieldMessage,
    inLine: (line, text) => `Zeile ${line}: ${text}`,
    others: (n) => `Und ${n} weitere.`,
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
