/** What a tool is about to do, or did, to this many tasks. */
interface ToolNames {
  readonly doing: (count: number) => string;
  readonly done: (count: number) => string;
}

const tasks = (count: number) => (count === 1 ? "1 task" : `${count} tasks`);

export const en = {
  close: "Close assistant",
  history: "History",
  fresh: "New conversation",
  log: "Conversation",
  earlier: "Earlier messages",
  earlierShown: "Earlier messages are shown.",
  message: "Message",
  placeholder: "Ask for something…",
  send: "Send",
  stop: "Stop",
  busy: "Working on it…",
  said: "Assistant:",
  stopped: "Stopped. What was already done stays done.",
  brokenOff: "The answer broke off.",
  waitFor: (seconds: number): string => `You can send the next message in ${seconds} s.`,
  free: "You can send messages again.",
  undone: "Undone",
  tooLong: (max: number): string => `Keep a message to ${max} characters.`,
  you: "You",
  welcome: "What can I do for your list?",
  offline: {
    badge: "Offline",
    text: "No language model is connected. I understand simple sentences about your tasks.",
  },
  welcomeHint: "Ask in your own words, for example:",
  suggestions: {
    add: "Add a task to buy groceries",
    addMany: "Add milk, eggs and bread",
    list: "What is left?",
    complete: (title: string): string => `Complete "${title}"`,
  },
  tools: {
    add_task: { doing: (n) => `Add ${tasks(n)}`, done: (n) => `Added ${tasks(n)}` },
    list_tasks: { doing: () => "Look at the list", done: (n) => `Looked at ${tasks(n)}` },
    complete_task: { doing: (n) => `Complete ${tasks(n)}`, done: (n) => `Completed ${tasks(n)}` },
    update_task: { doing: (n) => `Change ${tasks(n)}`, done: (n) => `Changed ${tasks(n)}` },
    delete_task: { doing: (n) => `Delete ${tasks(n)}`, done: (n) => `Deleted ${tasks(n)}` },
    undo: { doing: () => "Undo the last change", done: () => "Undid the last change" },
  } as Readonly<Record<string, ToolNames>>,
  states: {
    doing: "Working…",
    done: "Done",
    failed: "Failed",
    asks: "Needs confirmation",
    denied: "Not done",
    undone: "Undone",
    unknown: "Outcome unknown",
  },
  confirm: (tool: string, n: number): string => (tool === "delete_task" ? `Delete ${tasks(n)}` : "Yes, do it"),
  deny: "Keep",
  undo: (label: string, action: string, subject: string): string => `${label}: ${action} ${subject}`,
  undoAll: "Undo all",
  toEnd: "Jump to the latest",
  copy: (start: string): string => `Copy "${start}"`,
  copied: "Copied",

  conversations: {
    none: "No conversations yet",
    noneText: "What you and the assistant say to each other is kept here.",
    untitled: "Conversation",
    deleted: (title: string): string => `Deleted "${title}"`,
    today: "Today",
    search: "Search conversations",
    noneFound: "No conversation has these words.",
    count: (n: number): string => (n === 1 ? "1 conversation" : `${n} conversations`),
    rename: (title: string): string => `Rename "${title}"`,
    newTitle: (title: string): string => `New title for "${title}"`,
    save: "Save",
    renamed: (from: string, to: string): string => `Renamed "${from}" to "${to}"`,
  },
};
