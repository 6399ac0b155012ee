// What both sides of the second step ask of the server: signing in with it, and the settings.

import { isObject, type JsonValue } from "../api/schema";
import { accountStrings } from "../strings/account";
import { attempt } from "./attempt";
import type { AuthError } from "./authErrors";
import { authClient } from "./client";

interface ResponseBody {
  readonly [name: string]: JsonValue;
}

/** Posts to a route of the second step. Returns null on success, otherwise the message for the user. */
export async function postSecondFactor(
  route: string,
  body: object,
  take: (data: ResponseBody) => void = () => {},
): Promise<string | null> {
  let sentence: string | undefined;
  const failure = await attempt(async () => {
    const response = await authClient.$fetch<JsonValue>(`/two-factor/${route}`, { method: "POST", body });
    if (response.error) sentence = describeCodeError(route, response.error);
    if (isObject(response.data)) take(response.data);
    return response;
  });
  return failure === null ? null : (sentence ?? failure);
}

/** A code that was mailed has no app that shows another one. */
function describeCodeError(route: string, { code = "" }: AuthError): string | undefined {
  const isMailed = route === "verify-otp" && code === "INVALID_CODE";
  return accountStrings.secondFactor.errors[isMailed ? "INVALID_MAIL_CODE" : code];
}
