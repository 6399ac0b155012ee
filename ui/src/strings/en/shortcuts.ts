const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
/** The key together with the command key of this system. */
export const command = (key: string): string => (isApple ? `⌘ ${key}` : `Ctrl ${key}`);
/** The same with the key beside the space bar; and the key that deletes. */
export const alternate = (key: string): string => (isApple ? `⌥ ${key}` : `Alt ${key}`);
export const deletes = (name: string): string => (isApple ? "⌫" : name);

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
    { keys: [alternate("↑"), alternate("↓")], what: "Move the task up, down" },
    { keys: ["⇧ J", "⇧ K"], what: "Select the next, previous too" },
    { keys: [command("A")], what: "Select all tasks" },
    { keys: [deletes("Del")], what: "Delete the task" },
    { keys: ["U", command("Z")], what: "Undo the last change" },
    { keys: [command("⇧ Z")], what: "Do it again" },
    { keys: ["1", "2", "3"], what: "All, pending, completed" },
    { keys: ["A"], what: "Open the assistant" },
    { keys: ["Esc"], what: "Leave a field, close a panel" },
    { keys: [command("K")], what: "Command menu: go anywhere, do anything" },
    { keys: ["?"], what: "This help" },
  ],
};
