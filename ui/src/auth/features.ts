// Which account features the server offers: Google, password reset, confirmed addresses, account deletion.

import { signal } from "@preact/signals";
import { noFeatures, readFeatures, type ServerFeatures } from "../api/schema";
import { authClient } from "./client";

/** Null until the server has responded. */
export const features = signal<ServerFeatures | null>(null);
/** The server did not say. The features are taken as missing until it does. */
export const featuresFailed = signal(false);
let requested = false;

export async function loadFeatures(): Promise<void> {
  if (requested) return;
  requested = true;
  const { data } = await authClient.$fetch<unknown>("/features").catch(() => ({ data: null }));
  requested = data !== null;
  featuresFailed.value = data === null;
  features.value = data === null ? noFeatures : readFeatures(data);
}
