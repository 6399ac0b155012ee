// What the pages to sign in, sign up and reset a password share.

import { signal } from "@preact/signals";

/** The address and the name that were typed on one of them. */
export const typedEmail = signal("");
export const typedName = signal("");
/** The user signed in by a form of this page: the field for a new task gets the focus. */
export const justEntered = signal(false);
