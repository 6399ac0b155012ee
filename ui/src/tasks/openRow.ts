// The task whose further actions are shown, by touch. Its row may be drawn elsewhere meanwhile: it stays open.

import { signal } from "@preact/signals";

export const openRow = signal<number | null>(null);
