// The app for which its user signs in (OAuth), by the name that it registered.

import { useEffect, useState } from "preact/hooks";
import { isObject, type JsonValue, toText } from "../api/schema";
import { authStrings } from "../strings/firstPage";
import { authClient } from "./client";

/** The most letters of a name that an app gave itself. */
const MAX_NAME = 60;

/** What to call the app of this signed request: by its name as soon as it is known. Without a request, null. */
export function useRequestingApp(oauth: string | null): string | null {
  const [name, setName] = useState("");
  useEffect(() => {
    setName("");
    if (oauth !== null) findName(oauth).then(setName, () => {});
  }, [oauth]);
  return oauth === null ? null : name || authStrings.signIn.anApp;
}

async function findName(oauth: string): Promise<string> {
  const clientId = new URLSearchParams(oauth).get("client_id") ?? "";
  const options = { method: "POST", body: { client_id: clientId, oauth_query: oauth } } as const;
  const { data } = await authClient.$fetch<JsonValue>("/oauth2/public-client-prelogin", options);
  return shortened((isObject(data) && toText(data.client_name)) || documentHost(clientId));
}

/** An app may have a document in place of a registration, which is read later; its host is known now. */
function documentHost(clientId: string): string {
  return clientId.startsWith("https://") && URL.canParse(clientId) ? new URL(clientId).host : "";
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME - 1).join("")}…` : name;
}
