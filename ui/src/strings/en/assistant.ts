interface ToolNames {
  readonly doing: string;
  readonly done: string;
}

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
  welcomeHint: "Ask in your own words, for example:",
  suggestions: ["Add a task to buy groceries", "What is still pending?", "Mark task #1 as complete"],
  toolList: "What the assistant did",
  tools: {
    add_task: { doing: "Add task", done: "Added task" },
    list_tasks: { doing: "Look at the list", done: "Looked at the list" },
    complete_task: { doing: "Complete task", done: "Completed task" },
    update_task: { doing: "Change task", done: "Changed task" },
    delete_task: { doing: "Delete task", done: "Deleted task" },
    undo: { doing: "Bring back", done: "Brought back" },
  } as Readonly<Record<string, ToolNames>>,
  states: {
    doing: "Working…",
    done: "Done",
    failed: "Failed",
    asks: "Needs confirmation",
    denied: "Not done",
  },
  confirm: (action: string, subject: string): string =>
    subject === "" ? `Yes, ${action.toLowerCase()}` : `${action}: ${subject}`,
  deny: "No, leave it",
  undo: (action: string, subject: string): string => `Undo: ${action} ${subject}`,
  count: (n: number): string => (n === 1 ? "1 task" : `${n} tasks`),

  conversations: {
    heading: "Conversations",
    none: "No conversations yet",
    noneText: "What you and the assistant say to each other is kept here.",
    untitled: "Conversation",
    back: "All conversations",
    goOn: "Continue conversation",
    gone: "This conversation does not exist",
    goneText: "It may have been deleted.",
    loadFailed: "The conversation could not be loaded",
    empty: "Nothing was said in it.",
  },
};
