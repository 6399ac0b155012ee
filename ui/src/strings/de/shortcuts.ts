import { alternate, deletes, type en, command as keyName } from "../en/shortcuts";

const command = (key: string) => keyName(key).replace("Ctrl", "Strg");

export const de: typeof en = {
  keysOn: "Einzelne Tasten als Kürzel benutzen",
  keys: [
    { keys: ["N"], what: "Neue Aufgabe schreiben" },
    { keys: ["/"], what: "Suchen" },
    { keys: ["J", "K"], what: "Nächste, vorige Aufgabe" },
    { keys: ["X"], what: "Aufgabe abhaken oder wieder öffnen" },
    { keys: ["E"], what: "Aufgabe bearbeiten" },
    { keys: ["S"], what: "Aufgabe auswählen" },
    { keys: ["T"], what: "Der Aufgabe einen Schritt hinzufügen" },
    { keys: [alternate("↑"), alternate("↓")], what: "Die Aufgabe nach oben, unten" },
    { keys: ["⇧ J", "⇧ K"], what: "Nächste, vorige dazu auswählen" },
    { keys: [command("A")], what: "Alle Aufgaben auswählen" },
    { keys: [deletes("Entf")], what: "Aufgabe löschen" },
    { keys: ["U", command("Z")], what: "Letzte Änderung rückgängig machen" },
    { keys: [command("⇧ Z")], what: "Noch einmal tun" },
    { keys: ["1", "2", "3"], what: "Alle, offene, erledigte" },
    { keys: ["A"], what: "Assistenten öffnen" },
    { keys: ["Esc"], what: "Feld verlassen, Fenster schließen" },
    { keys: [command("K")], what: "Befehlsmenü: alles öffnen und tun" },
    { keys: ["?"], what: "Diese Hilfe" },
  ],
};
