export const en = {
  on: (browser: string, system: string): string => `${browser} on ${system}`,
  unknown: "Unknown device",

  ask: "Shall this browser remind you, even when this page is closed? It will ask you once for permission.",
  turnOn: "Turn on notifications",
  later: "Not now",
  turnedOn: "This browser reminds you from now on",
  refused: "The browser does not allow notifications for this site.",
  failed: "Notifications could not be turned on.",
  byMail: (address: string): string => `This reminder comes by mail to ${address}.`,
  nowhere: "So far this reminder reaches you nowhere.",
  toSettings: "Notification settings",
  addedReminder: (title: string): string => `Added “${title}”. Where shall it remind you?`,

  heading: "Notifications",
  lead: "Where reminders reach you.",
  here: "This browser",
  isOn: "On",
  isOff: "Off",
  unsupported: "This browser cannot show notifications.",
  unsupportedIos: "On iPhone and iPad notifications work once Todo is on the Home Screen: Share, Add to Home Screen.",
  denied:
    "Notifications are blocked for this site. Allow them in the browser’s settings for this site, then load the page again.",
  noKeys: "This server cannot send notifications: it has no keys for them. Whoever runs it can make them.",
  turnOff: "Turn off here",
  turnedOff: "This browser reminds you no more",
  test: "Send me a test",
  testMail: "Send me a test mail",
  tested: (n: number): string =>
    n === 1 ? "A test is on its way to 1 device" : `A test is on its way to ${n} devices`,
  testedMail: "A test mail is on its way",
  testedNone: "No test was sent: there is no device to send it to.",
  testFailed: "The test was not sent.",

  others: "Other devices",
  since: (day: string): string => `since ${day}`,
  lastSent: (time: string): string => `last sent ${time}`,
  neverSent: "nothing sent yet",
  lastError: (error: string): string => `Last attempt failed: ${error}`,
  remove: "Remove",
  removeName: (device: string): string => `Remove ${device}`,
  removed: "Removed",

  mail: "Mail",
  mailTo: (address: string): string => `Remind me by mail to ${address}`,
  noMail: "This server sends no mail.",

  undelivered: (n: number): string =>
    n === 1 ? "1 reminder could not be delivered" : `${n} reminders could not be delivered`,
  wasDue: (due: string): string => `due ${due}`,
};
