export const en = {
  app: "Todo",
  loading: "Loading…",
  retry: "Try again",
  undo: "Undo",
  dismiss: "Dismiss",
  signOut: "Sign out",
  accountOf: "Account of",
  skip: "Skip to the content",
  pages: "Pages",
  unnamedApp: "An app without a name",
  close: "Close",
  newVersion: "A new version is ready.",
  reload: "Reload",

  title: (page: string): string => `${page} · Todo`,

  nav: {
    tasks: "Tasks",
    completed: "Completed",
    inbox: "Inbox",
    today: "Today",
    upcoming: "Upcoming",
    activity: "Activity",
    settings: "Settings",
    views: "Lists and tags",
    newList: "New list",
  },

  offline: {
    page: "Offline",
    banner: "You are offline. What you change is kept here and saved when the connection is back.",
  },

  partFailed: "This part of the page could not be loaded.",
  lazyFailed: {
    heading: "This page could not be loaded",
    text: "Check your connection and try again.",
  },

  tour: "Take the tour",
  palette: "Command menu",
  shortcuts: "Keyboard shortcuts",

  problems: {
    offline: "The server cannot be reached.",
    timeout: "The server took too long.",
    unauthenticated: "Please sign in again.",
    notFound: "It no longer exists.",
    tooMany: "Too many requests.",
    tooManyFor: (seconds: number): string => `Too many requests. Try again in ${seconds} s.`,
    unavailable: "The server is not available right now.",
    internal: "Our server had a problem. Nothing is lost.",
    other: "Something went wrong on the server.",
  },

  launcher: {
    name: "Assistant",
    open: "Open assistant",
    openUnread: "Open assistant: a new reply",
  },

  notFound: {
    page: "Page not found",
    heading: "There is nothing here",
    lead: "The address may be mistyped, or the page has moved.",
    home: "Go to your tasks",
  },

  pageNames: {
    forgot: "Forgotten password",
    reset: "New password",
    verified: "Email verified",
    "app-refused": "App not connected",
    consent: "Connect an app",
    conversations: "Conversations",
    activity: "Activity",
    settings: "Settings",
  },
};
