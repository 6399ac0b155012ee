export const en = {
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
};
