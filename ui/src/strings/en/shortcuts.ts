/** The key together with the command key of this system. */
export const command = (key: string): string =>
  /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "") ? `⌘ ${key}` : `Ctrl ${key}`;

export const en = {
  keysOn: "Use single keys as shortcuts",
  keys: [
    { keys: ["N"], what: "Write a new task" },
    { keys: ["/"], what: "Search" },
    { keys: ["J", "K"], what: "Next, previous task" },
    { keys: ["X"], what: "Complete the task, or reopen it" },
    { keys: ["E"], what: "Edit the task" },
    { keys: ["S"], what: "Select the task" },
    { keys: ["T"], what: "Add a step to the task" },
    { keys: ["Alt ↑", "Alt ↓"], what: "Move the task up, down" },
    { keys: ["⇧ J", "⇧ K"], what: "Select the next, previous too" },
    { keys: [command("A")], what: "Select all tasks" },
    { keys: ["Del"], what: "Delete the task" },
    { keys: ["U", command("Z")], what: "Undo the last change" },
    { keys: [command("⇧ Z")], what: "Do it again" },
    { keys: ["1", "2", "3"], what: "All, pending, completed" },
    { keys: ["A"], what: "Open the assistant" },
    { keys: ["Esc"], what: "Leave a field, close a panel" },
    { keys: [command("K")], what: "Command menu: go anywhere, do anything" },
    { keys: ["?"], what: "This help" },
  ],
};
