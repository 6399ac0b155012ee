export const en = {
  keysOn: "Use single keys as shortcuts",
  keys: [
    { keys: ["N"], what: "Write a new task" },
    { keys: ["/"], what: "Search" },
    { keys: ["J", "K"], what: "Next, previous task" },
    { keys: ["X"], what: "Complete the task, or reopen it" },
    { keys: ["E"], what: "Edit the task" },
    { keys: ["Del"], what: "Delete the task" },
    { keys: ["U", "Ctrl Z"], what: "Undo the last change" },
    { keys: ["1", "2", "3"], what: "All, pending, completed" },
    { keys: ["A"], what: "Open the assistant" },
    { keys: ["Esc"], what: "Leave a field, close a panel" },
    { keys: ["?"], what: "This help" },
  ],
};
