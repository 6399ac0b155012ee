import type { en } from "../en/secondFactor";

export const de: typeof en = {
  heading: "Zweiter Schritt",
  lead: "Nach dem Passwort fragt die Anmeldung auch nach einem Code, den eine Authenticator-App auf deinem Telefon zeigt. Bei der Anmeldung mit Google nicht.",
  noPassword: "Der zweite Schritt folgt einem Passwort, und du hast keines.",
  password: "Dein Passwort",
  passwordMissing: "Gib dein Passwort ein.",
  setUp: "Einrichten",
  scan: "Scanne dieses Bild mit einer Authenticator-App. Sie zeigt dann sechs Ziffern, die sich alle 30 Sekunden ändern.",
  picture: "QR-Code für eine Authenticator-App",
  secret: "Oder gib das in der App ein",
  code: "Die sechs Ziffern",
  confirm: "Einschalten",
  cancel: "Abbrechen",
  isOn: "Eingeschaltet",
  switchedOn: "Der zweite Schritt ist eingeschaltet",
  keepCodes:
    "Bewahre diese Codes so auf, dass du sie ohne dein Telefon findest. Jeder lässt dich einmal herein, anstelle der App. Sie werden nicht noch einmal gezeigt.",
  codes: "Ersatzcodes",
  renew: "Neue Ersatzcodes",
  renewLead: "Die Codes, die du hast, gelten dann nicht mehr.",
  switchOff: "Ausschalten",
  switchOffLead: "Dann genügt das Passwort allein.",
  switchedOff: "Der zweite Schritt ist ausgeschaltet",
};
