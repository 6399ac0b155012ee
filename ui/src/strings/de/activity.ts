import type { en } from "../en/activity";

const tasks = (count: number) => (count === 1 ? "" : `${count} Aufgaben:`);

export const de: typeof en = {
  heading: "Verlauf",
  filter: "Zeige",
  everything: "Alle Änderungen",
  filters: {
    deleted: "Gelöschte Aufgaben",
    page: "Von dir",
    chat: "Vom Assistenten",
    mcp: "Von KI-Werkzeugen",
    api: "Von Programmen",
  },
  actors: { page: "Du", chat: "Assistent", mcp: "KI-Werkzeuge", api: "Programme" },
  kinds: {
    add: (n) => `Hinzugefügt ${tasks(n)}`,
    import: (n) => `Eingelesen ${tasks(n)}`,
    edit: (n) => `Geändert ${tasks(n)}`,
    complete: (n) => `Erledigt ${tasks(n)}`,
    reopen: (n) => `Wieder geöffnet ${tasks(n)}`,
    move: (n) => `Verschoben ${tasks(n)}`,
    delete: (n) => `Gelöscht ${tasks(n)}`,
    restore: (n) => `Zurückgeholt ${tasks(n)}`,
    undo: (n) => `Eine Änderung zurückgenommen ${tasks(n)}`,
    redo: (n) => `Eine Änderung wiederholt ${tasks(n)}`,
    list_add: () => "Liste hinzugefügt",
    list_edit: () => "Liste geändert",
    list_delete: () => "Liste gelöscht",
  },
  today: "Heute",
  older: "Ältere Änderungen",
  undone: "Rückgängig gemacht",
  none: "Noch hat sich nichts geändert",
  noneText: "Jede Änderung deiner Liste bleibt hier eine Weile und lässt sich zurücknehmen.",
  failed: "Der Verlauf konnte nicht geladen werden",
};
