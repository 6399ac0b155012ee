import type { en } from "../en/notifications";

export const de: typeof en = {
  on: (browser, system) => `${browser} auf ${system}`,
  unknown: "Unbekanntes Gerät",

  ask: "Soll dich dieser Browser erinnern, auch wenn die Seite zu ist? Er fragt dich einmal um Erlaubnis.",
  turnOn: "Mitteilungen einschalten",
  later: "Nicht jetzt",
  turnedOn: "Dieser Browser erinnert dich ab jetzt",
  refused: "Der Browser erlaubt für diese Seite keine Mitteilungen.",
  failed: "Die Mitteilungen konnten nicht eingeschaltet werden.",
  byMail: (address) => `Diese Erinnerung kommt per Mail an ${address}.`,
  nowhere: "Noch erreicht dich diese Erinnerung nirgends.",
  toSettings: "Einstellungen für Mitteilungen",
  addedReminder: (title) => `„${title}“ hinzugefügt. Wo soll es dich erinnern?`,

  heading: "Mitteilungen",
  lead: "Wo dich Erinnerungen erreichen.",
  here: "Dieser Browser",
  isOn: "An",
  isOff: "Aus",
  unsupported: "Dieser Browser kann keine Mitteilungen zeigen.",
  unsupportedIos:
    "Auf iPhone und iPad gehen Mitteilungen, wenn Todo auf dem Home-Bildschirm ist: Teilen, Zum Home-Bildschirm.",
  denied:
    "Mitteilungen sind für diese Seite gesperrt. Erlaube sie in den Einstellungen des Browsers für diese Seite und lade sie dann neu.",
  noKeys:
    "Dieser Server kann keine Mitteilungen senden: Ihm fehlen die Schlüssel. Wer ihn betreibt, kann sie erzeugen.",
  turnOff: "Hier ausschalten",
  turnedOff: "Dieser Browser erinnert dich nicht mehr",
  test: "Probe senden",
  testMail: "Probe-Mail senden",
  tested: (n) => (n === 1 ? "Eine Probe ist unterwegs zu 1 Gerät" : `Eine Probe ist unterwegs zu ${n} Geräten`),
  testedMail: "Eine Probe-Mail ist unterwegs",
  testedNone: "Keine Probe gesendet: Es gibt kein Gerät dafür.",
  testFailed: "Die Probe wurde nicht gesendet.",

  others: "Andere Geräte",
  since: (day) => `seit ${day}`,
  lastSent: (time) => `zuletzt gesendet ${time}`,
  neverSent: "noch nichts gesendet",
  lastError: (error) => `Letzter Versuch misslungen: ${error}`,
  remove: "Entfernen",
  removeName: (device) => `${device} entfernen`,
  removed: "Entfernt",

  mail: "Mail",
  mailTo: (address) => `Erinnere mich per Mail an ${address}`,
  noMail: "Dieser Server verschickt keine Mails.",

  undelivered: (n) =>
    n === 1 ? "1 Erinnerung konnte nicht zugestellt werden" : `${n} Erinnerungen konnten nicht zugestellt werden`,
  wasDue: (due) => `fällig ${due}`,
};
