// What is wrong with a member of a request, in German. The server says it in English; each of its sentences is here as
// a pattern.

const names: Readonly<Record<string, string>> = {
  title: "Der Titel",
  description: "Die Notizen",
  due: "Das Datum",
  repeat: "Die Wiederholung",
  repeat_from: "Der Beginn der Wiederholung",
  remind: "Die Erinnerung",
  priority: "Die Priorität",
  tags: "Die Schlagwörter",
  list: "Die Liste",
  parent: "Die übergeordnete Aufgabe",
  completed: "Der Stand",
  name: "Der Name",
  color: "Die Farbe",
  message: "Die Nachricht",
  time_zone: "Die Zeitzone",
  reminder_time: "Die Uhrzeit der Erinnerungen",
  expires_in_days: "Die Dauer",
  scopes: "Was erlaubt ist,",
  endpoint: "Die Adresse des Geräts",
  body: "Die Datei",
};

/** What follows the name of the member. */
const continuations: readonly (readonly [RegExp, string])[] = [
  [/^is required/, "fehlt."],
  [/^is not a known column/, "ist keine bekannte Spalte."],
  [/^is not known/, "ist nicht bekannt."],
  [/^must be a string/, "muss Text sein."],
  [/^must be true or false/, "muss ja oder nein sein."],
  [/^must be false/, "geht nicht: Eine neue Aufgabe ist offen."],
  [/^must be (\d+) to (\d+) characters long, on one line/, "muss $1 bis $2 Zeichen haben, in einer Zeile."],
  [/^must be (\d+) to (\d+) characters long/, "muss $1 bis $2 Zeichen haben."],
  [/^must be at most (\d+) characters long/, "darf höchstens $1 Zeichen haben."],
  [/^must be at most (\d+) tags/, "dürfen höchstens $1 sein."],
  [/^must be tags of (\d+) to (\d+) characters/, "dürfen je $1 bis $2 Zeichen haben, ohne # und Komma."],
  [/^must be on one line/, "muss in einer Zeile stehen."],
  [/^must not contain control characters/, "darf keine Steuerzeichen enthalten."],
  [/^must not be null/, "darf nicht leer sein."],
  [/^must be one of (.+?)\.?$/, "muss eines hiervon sein: $1."],
  [/^must be a whole number from (\d+) to (\d+)/, "muss eine ganze Zahl von $1 bis $2 sein."],
  [/^must be a list of 1 to (\d+) /, "muss 1 bis $1 Einträge haben."],
  [/^must be a list of at most (\d+) /, "darf höchstens $1 Einträge haben."],
  [
    /^must be a day such as (\S+) or a local time such as ([^\s,]+), in the years (\d+) to (\d+)/,
    "muss ein Tag wie $1 oder eine Zeit wie $2 sein, in den Jahren $3 bis $4.",
  ],
  [/^must be a time such as (\S+?)\.?( |$)/, "muss eine Zeit wie $1 sein."],
  [/^must be a rule such as/, "ist keine Regel, die wir verstehen."],
  [/^must be the name of a time zone, such as (\S+?)\.?$/, "muss eine wie $1 sein."],
  [/^must be the name of one of your lists/, "muss eine von deinen sein."],
  [/^must be the number of/, "muss die Nummer einer deiner Aufgaben sein."],
  [/^must be a task that is not a step/, "darf selbst kein Schritt sein: Schritte haben eine Ebene."],
  [/^must be null: the task has steps/, "geht nicht: Die Aufgabe hat selbst Schritte."],
  [/^must be null/, "muss leer sein."],
  [/^needs due/, "braucht ein Datum: Sag zuerst, wann die Aufgabe fällig ist."],
  [/^must be in the years (\d+) to (\d+)/, "muss in den Jahren $1 bis $2 liegen."],
  [/^of task (\d+) was changed since/, "von Aufgabe $1 wurde seitdem geändert."],
  [/^must be 7, 30/, "muss 7, 30, 90 oder 365 Tage sein, oder ohne Ende."],
];

const sentences: readonly (readonly [RegExp, string])[] = [
  [
    /^This file begins as JSON, but cannot be read from line (\d+) on/,
    "Die Datei beginnt als JSON, ist aber ab Zeile $1 nicht zu lesen.",
  ],
  [/^The quote that is opened on line (\d+)/, "Das Anführungszeichen, das in Zeile $1 öffnet, wird nie geschlossen."],
  [
    /^There are (\d+) tasks in this file; one import takes at most (\d+)/,
    "In dieser Datei sind $1 Aufgaben; ein Import nimmt höchstens $2.",
  ],
];

/** What the server says of a file in German already. */
const isGerman = /^(Das|Diese|In dieser|Keine) /;

/** The server's sentence about this member in German; a general one for a sentence that is not known. */
export function germanFieldMessage(field: string, message: string): string {
  const whole = isGerman.test(message) ? message : translate(sentences, message);
  if (whole !== undefined) return whole;
  const name = names[field] ?? (field === "" ? "Etwas daran" : `„${field}“`);
  return `${name} ${translate(continuations, message) ?? "ist nicht gültig."}`;
}

function translate(table: typeof continuations, message: string): string | undefined {
  const entry = table.find(([pattern]) => pattern.test(message));
  const found = entry?.[0].exec(message);
  return entry && found ? entry[1].replace(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? "") : undefined;
}
