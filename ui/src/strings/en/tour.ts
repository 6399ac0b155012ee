export const en = {
  place: (at: number, all: number): string => `${at} of ${all}`,
  next: "Next",
  back: "Back",
  done: "Done",
  steps: [
    {
      heading: "Write it down here",
      text: "One line is enough: “Call mum tomorrow at 5 #family”. The date, the tag and the priority are understood while you type. Paste a list, and it becomes as many tasks.",
    },
    {
      heading: "Tick the box, open the title",
      text: "The box completes a task. Its title opens notes, date, repeats and reminders. Drag tasks into your own order.",
    },
    {
      heading: "Nothing is lost",
      text: "Every change can be undone, with U or the Undo button. Activity shows what changed, and who did it: you, the assistant or an app.",
    },
    {
      heading: "Say it instead",
      text: "The assistant adds, finds, changes and completes tasks as you ask. It shows what it did, and it asks before it deletes.",
    },
    {
      heading: "Use it from Claude, ChatGPT or Gemini",
      text: "Settings has the address for your AI tools, the connected apps, your calendar's feed, and import from other lists.",
    },
  ],
};
