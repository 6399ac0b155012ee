export const en = {
  heading: "Calendar",
  lead: "Your tasks with a date, in your calendar. It reads them at a secret address and changes nothing.",
  none: "There is no address yet.",
  make: "Make a secret address",
  once: "Copy the address now: it is not shown again. Whoever has it can read your tasks with a date.",
  address: "Secret address",
  open: "Open in the calendar of this device",
  exists: (day: string): string => `There is an address, made on ${day}.`,
  read: (time: string): string => `A calendar last read it on ${time}.`,
  unread: "No calendar has read it yet.",
  replace: "Replace",
  replaceSure: "Replace the address",
  replaceQuestion: "Calendars with the old address get nothing more. Make a new one?",
  revoke: "Revoke",
  revokeSure: "Revoke the address",
  revokeQuestion: "Calendars with this address get nothing more. Revoke it?",
  keep: "Keep it",
  revoked: "The address is revoked",
  how: "How to add it",
  calendars: [
    {
      name: "Google Calendar",
      steps: [
        "On a computer, open calendar.google.com.",
        "Beside “Other calendars” choose +, then “From URL”.",
        "Paste the address and choose “Add calendar”. Google reads it every few hours.",
      ],
    },
    {
      name: "Apple Calendar",
      steps: [
        "On a Mac, choose File, New Calendar Subscription. On an iPhone: Calendars, Add Calendar, Add Subscription Calendar.",
        "Paste the address and choose Subscribe.",
        "Set “Auto-refresh” to every hour.",
      ],
    },
    {
      name: "Outlook",
      steps: [
        "Open outlook.com, Calendar, Add calendar.",
        "Choose “Subscribe from web” and paste the address.",
        "Give it a name and choose Import. Outlook reads it a few times a day.",
      ],
    },
  ],
};
