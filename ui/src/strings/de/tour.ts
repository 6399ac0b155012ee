import type { en } from "../en/tour";

export const de: typeof en = {
  place: (at, all) => `${at} von ${all}`,
  next: "Weiter",
  back: "Zurück",
  done: "Fertig",
  steps: [
    {
      heading: "Hier schreibst du auf",
      text: "Eine Zeile genügt: „Mama anrufen morgen um 17 Uhr #familie“. Datum, Schlagwort und Priorität werden beim Tippen verstanden. Eine eingefügte Liste wird zu ebenso vielen Aufgaben.",
    },
    {
      heading: "Kästchen abhaken, Titel öffnen",
      text: "Das Kästchen erledigt eine Aufgabe. Ihr Titel öffnet Notizen, Datum, Wiederholung und Erinnerungen. Zieh Aufgaben in deine eigene Reihenfolge.",
    },
    {
      heading: "Nichts geht verloren",
      text: "Jede Änderung lässt sich rückgängig machen, mit U oder dem Knopf dafür. Der Verlauf zeigt, was sich geändert hat und durch wen: dich, den Assistenten oder eine App.",
    },
    {
      heading: "Oder sag es",
      text: "Der Assistent fügt hinzu, findet, ändert und erledigt, worum du bittest. Er zeigt, was er getan hat, und fragt, bevor er löscht.",
    },
    {
      heading: "Auch aus Claude, ChatGPT oder Gemini",
      text: "In den Einstellungen stehen die Adresse für deine KI-Werkzeuge, die verbundenen Apps, der Feed für deinen Kalender und der Import aus anderen Listen.",
    },
  ],
};
