import type { en } from "../en/auth";

export const de: typeof en = {
  session: {
    unreachableTitle: "Der Server ist nicht erreichbar",
    unreachable: "Deine Aufgaben sind sicher. Prüfe die Verbindung und versuche es noch einmal.",
    expired: "Du bist abgemeldet. Melde dich an und mach dort weiter, wo du warst; was du getippt hast, ist noch da.",
    deleted: "Dein Konto ist gelöscht.",
    notKept:
      "Du bist angemeldet, aber der Browser hat die Sitzung nicht behalten. Erlaube Cookies für diese Seite und versuche es noch einmal.",
    signOutFailed: "Du bist noch angemeldet: Der Server war nicht erreichbar.",
  },

  pitch: {
    promise: "Eine Aufgabenliste, mit der du reden kannst.",
    lead: "Von Hand, im Gespräch, aus Claude und Gemini.",
    facts: [
      "In deinen eigenen Worten: Der Assistent ergänzt, findet und erledigt Aufgaben, und fragt, bevor er löscht.",
      "Anders überlegt? Rückgängig nimmt eine Änderung nach der anderen zurück.",
      "Geht auch ohne Verbindung, und sendet, was du getan hast, sobald sie wieder da ist.",
    ],
    picture: {
      tasks: ["Miete zahlen", "Milch", "Eier", "Brot"],
      question: "Füge Milch, Eier und Brot hinzu",
      reply: "3 Aufgaben hinzugefügt",
    },
  },

  signIn: {
    page: "Anmelden",
    heading: "Anmelden",
    lead: "Melde dich an, um deine Aufgaben zu sehen.",
    submit: "Anmelden",
    other: "Neu hier?",
    otherLink: "Konto anlegen",
    forgot: "Passwort vergessen?",
    google: "Weiter mit Google",
    or: "oder",
    oauth: (client) => `Melde dich an, um ${client} mit deinen Aufgaben zu verbinden.`,
    anApp: "eine App",
  },
  signUp: {
    page: "Konto anlegen",
    heading: "Leg dein Konto an",
    lead: "Eine Liste, von Hand oder im Gespräch.",
    submit: "Konto anlegen",
    other: "Hast du schon ein Konto?",
    otherLink: "Anmelden",
    instead: "Stattdessen anmelden",
    mailed: "Bestätige deine E-Mail-Adresse",
    mailedTo: (email) =>
      `Wir haben einen Link an ${email} geschickt. Öffne ihn innerhalb einer Stunde in diesem Browser, um weiterzumachen.`,
  },
  fields: {
    name: "Name",
    email: "E-Mail",
    password: "Passwort",
    showPassword: "Passwort zeigen",
    passwordHint: "Mindestens 8 Zeichen.",
    nameMissing: "Gib deinen Namen ein.",
    emailMissing: "Gib deine E-Mail-Adresse ein.",
    emailWrong: "Gib eine E-Mail-Adresse wie name@example.com ein.",
    passwordMissing: "Gib dein Passwort ein.",
    passwordShort: "Nimm mindestens 8 Zeichen.",
    passwordLong: "Nimm höchstens 128 Zeichen.",
  },
  authErrors: {
    credentials: "Falsche E-Mail oder falsches Passwort.",
    exists: "Mit dieser E-Mail gibt es schon ein Konto.",
    unverified:
      "Deine E-Mail-Adresse ist noch nicht bestätigt. Öffne den Link, den du bekommen hast, und melde dich dann an.",
    wrongPassword: "Das bisherige Passwort stimmt nicht.",
    tooMany: "Zu viele Versuche. Warte kurz und versuche es noch einmal.",
    offline: "Der Server ist nicht erreichbar. Prüfe die Verbindung und versuche es noch einmal.",
    notFresh: "Melde dich dafür zuerst ab und wieder an: Deine Anmeldung ist mehr als einen Tag her.",
    lastAccount: "Das ist dein einziger Weg, dich anzumelden. Füge zuerst einen anderen hinzu.",
    sameEmail: "Das ist schon deine E-Mail-Adresse.",
    noPassword: "Du hast noch kein Passwort. Setze eines über „Passwort vergessen?“ auf der Anmeldeseite.",
    googleDenied: "Google hat dich nicht hereingelassen, oder du hast es dir anders überlegt.",
    notLinked:
      "Mit dieser E-Mail gibt es schon ein Konto. Melde dich mit dem Passwort an und verknüpfe Google in den Einstellungen.",
    googleFailed: "Die Anmeldung mit Google hat nicht geklappt. Versuche es noch einmal.",
    oauthExpired: "Diese Anfrage ist abgelaufen. Geh zur App zurück und verbinde sie neu.",
    other: "Das hat nicht geklappt. Versuche es gleich noch einmal.",
  },
};
