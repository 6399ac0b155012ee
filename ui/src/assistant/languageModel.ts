// Whether a language model responds here, or the assistant that only knows simple sentences.

import { signal } from "@preact/signals";
import { hasLanguageModel } from "../api/chat";

/** Null until it is known. */
export const languageModel = signal<boolean | null>(null);

/** A server that does not say has one. */
export async function loadLanguageModel(user: string): Promise<void> {
  languageModel.value ??= await hasLanguageModel(user).catch(() => null);
}
