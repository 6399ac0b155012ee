const tasks = (count: number) => (count === 1 ? "" : `${count} tasks:`);

export const en = {
  heading: "Activity",
  filter: "Changes by",
  everybody: "Everybody",
  actors: { page: "You", chat: "Assistant", mcp: "AI tools", api: "Programs" },
  kinds: {
    add: (n: number): string => `Added ${tasks(n)}`,
    import: (n: number): string => `Imported ${tasks(n)}`,
    edit: (n: number): string => `Changed ${tasks(n)}`,
    complete: (n: number): string => `Completed ${tasks(n)}`,
    reopen: (n: number): string => `Reopened ${tasks(n)}`,
    move: (n: number): string => `Moved ${tasks(n)}`,
    delete: (n: number): string => `Deleted ${tasks(n)}`,
    restore: (n: number): string => `Brought back ${tasks(n)}`,
    undo: (n: number): string => `Undid a change of ${tasks(n)}`,
    redo: (n: number): string => `Did again a change of ${tasks(n)}`,
    list_add: (_: number): string => "Added the list",
    list_edit: (_: number): string => "Changed the list",
    list_delete: (_: number): string => "Deleted the list",
  },
  today: "Today",
  older: "Older changes",
  undone: "Undone",
  none: "Nothing has changed yet",
  noneText: "Every change of your list is kept here for a while, and can be undone.",
  failed: "The activity could not be loaded",
};
