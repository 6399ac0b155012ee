export const en = {
  app: "Todo",
  loading: "Loading…",
  retry: "Try again",
  undo: "Undo",
  dismiss: "Dismiss",
  signOut: "Sign out",
  skip: "Skip to the content",
  pages: "Pages",
  unnamedApp: "An app without a name",
  close: "Close",

  title: (page: string): string => `${page} · Todo`,

  nav: { tasks: "Tasks", conversations: "Conversations", settings: "Settings" },

  offline: {
    page: "Offline",
    heading: "You are offline",
    lead: (time: string): string =>
      `This is your list as it was on ${time}. It can be changed again when the connection is back.`,
    banner: "You are offline. Changes cannot be saved until the connection is back.",
  },

  lazyFailed: {
    heading: "This page could not be loaded",
    text: "Check your connection and try again.",
  },

  shortcuts: "Keyboard shortcuts",

  problems: {
    offline: "The server cannot be reached.",
    timeout: "The server took too long.",
    unauthenticated: "Please sign in again.",
    notFound: "It no longer exists.",
    tooMany: "Too many requests.",
    tooManyFor: (seconds: number): string => `Too many requests. Try again in ${seconds} s.`,
    unavailable: "The server is not available right now.",
    other: "Something went wrong on the server.",
  },

  launcher: {
    name: "Assistant",
    open: "Open assistant",
    loadFailed: "The assistant could not be loaded. Reload the page and try again.",
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
    consent: "Connect an app",
    conversations: "Conversations",
    settings: "Settings",
  },
};
