// Which account features the server offers: Google, password reset, confirmed addresses, account deletion.

import { signal } from "@preact/signals";
import { noFeatures, readFeatures, type ServerFeatures } from "../api/schema";
import { authClient } from "./client";

/** Null until the server has responded. */
export const features = signal<ServerFeatures | null>(null);
let requested = false;

export async function loadFeatures(): Promise<void> {
  if (requested || features.peek() !== null) return;
  requested = true;
  const { data } = await authClient.$fetch<unknown>("/features").catch(() => ({ data: null }));
  features.value = data === null ? noFeatures : readFeatures(data);
}
