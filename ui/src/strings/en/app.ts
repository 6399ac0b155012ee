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
    codes: {
      malformed: "The request was not understood.",
      unauthenticated: "Please sign in again.",
      invalid_token: "Please sign in again.",
      insufficient_scope: "This is not allowed.",
      not_found: "It no longer exists.",
      method_not_allowed: "This is not possible here.",
      not_acceptable: "This is not possible here.",
      already_imported: "This file was imported before.",
      not_delivered: "The service did not take the message. Try again later.",
      token_limit: "You have too many access tokens. Revoke some first.",
      neighbour_gone: "The order was changed elsewhere meanwhile.",
      list_exists: "You have a list of this name already.",
      list_limit: "You have too many lists. Delete some first.",
      unsupported_file:
        "No tasks can be read from this file. Choose an export as CSV, JSON, iCalendar, Markdown or text.",
      idempotency_key_reused: "This was sent before with something else. Try again.",
      no_tasks: "There is no task in this file.",
      unknown_columns: "No column of this table is known.",
      precondition_required: "The page is out of date. Load it again.",
      rate_limited: "Too many requests.",
      forbidden: "This is not allowed.",
      conflict: "It was changed elsewhere meanwhile.",
      precondition_failed: "It was changed elsewhere meanwhile.",
      task_limit: "Your list is full. Delete tasks that you no longer need.",
      expired: "The time for this is over.",
      too_large: "This is too large.",
      unsupported_media_type: "This kind of file is not known.",
      invalid: "Something in it is not valid.",
      daily_limit_reached: "The assistant has reached its limit for today.",
      internal: "Our server had a problem. Nothing is lost.",
      unavailable: "The server is not available right now.",
      timeout: "The server took too long.",
    } as Readonly<Record<string, string>>,
    /** The message of a field may continue the field's name ("is required."). */
    field: (name: string, message: string): string => {
      const ended = message.endsWith(".") ? message : `${message}.`;
      const continues = /^\p{Ll}/u.test(ended) && name !== "";
      return continues ? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("_", " ")} ${ended}` : ended;
    },
    inLine: (line: number, text: string): string => `Line ${line}: ${text}`,
    others: (n: number): string => `And ${n} more.`,
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
