export const en = {
  placeholder: "Go to, find or do something…",
  choices: "Choices",
  place: "Page",
  list: "List",
  tag: "Tag",
  none: "Nothing has these words.",
  found: (n: number): string => (n === 1 ? "1 choice" : `${n} choices`),
  complete: (title: string, completed: boolean): string => `${completed ? "Reopen" : "Complete"} "${title}"`,
  undo: "Undo the last change",
  redo: "Do it again",
};
