import { describeErrorCode } from "../auth/authErrors";
import { signInFaults } from "../auth/credentials";
import { session } from "../auth/currentSession";
import { signIn } from "../auth/signIn";
import { currentAddress, SIGN_UP } from "../router";
import { authStrings } from "../strings/firstPage";
import { EntryForm } from "./EntryForm";

export function SignIn() {
  const now = session.value;
  const { expired, deleted } = authStrings.session;
  const farewell = now.kind !== "guest" ? null : { expired, deleted, left: null, never: null }[now.why];
  const error = new URLSearchParams(currentAddress.value.search).get("error");
  return (
    <EntryForm
      key="sign-in"
      texts={authStrings.signIn}
      other={SIGN_UP + currentAddress.value.search}
      withName={false}
      notice={farewell ?? (error && describeErrorCode(error))}
      faultsOf={signInFaults}
      submit={signIn}
    />
  );
}
