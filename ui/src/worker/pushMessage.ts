// A message of the push service as the server writes it. Pure.

export interface PushMessage {
  readonly title: string;
  readonly body: string;
  /** A message with the tag of another one takes its place. */
  readonly tag: string;
  /** The page to open, on our own origin. */
  readonly url: string;
  /** Where an action is sent; null without actions. */
  readonly actionUrl: string | null;
  readonly actions: readonly PushAction[];
}

export interface PushAction {
  readonly action: string;
  readonly title: string;
}

/** What can be read of it; a message that cannot be read still has to be shown. */
export function readPushMessage(json: unknown): PushMessage {
  const message = isObject(json) ? json : {};
  const { task, url, action_url: actionUrl, actions } = message;
  return {
    title: text(message.title) || "Todo",
    body: text(message.body),
    tag: text(message.tag) || "todo",
    url: typeof task === "number" ? taskPage(task) : ownPath(text(url)),
    actionUrl: /^\/api\/reminders\/[^/?#]+$/.test(text(actionUrl)) ? text(actionUrl) : null,
    actions: (Array.isArray(actions) ? actions : []).filter(isObject).map(({ action, title }) => ({
      action: text(action),
      title: text(title),
    })),
  };
}

/** The page that shows this task. */
export function taskPage(task: number): string {
  return `/?q=%23${task}`;
}

function ownPath(path: string): string {
  return /^\/(?![/\\])/.test(path) ? path : "/";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null;
}
