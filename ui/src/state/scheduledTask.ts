// The task for which the dialog of its date is open.

import { signal } from "@preact/signals";

export const scheduledTask = signal<number | null>(null);
