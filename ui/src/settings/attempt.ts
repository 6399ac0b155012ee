import { ApiError } from "../api/problem";
import { settingsStrings } from "../strings/settings";

/** Runs an operation of the API. Null on success, otherwise the message for the user. */
export async function attempt(act: () => Promise<void>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (cause) {
    return cause instanceof ApiError ? cause.sentence : settingsStrings.loadFailed;
  }
}
