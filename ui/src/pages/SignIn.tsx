import { describeErrorCode } from "../auth/authErrors";
import { signInFaults } from "../auth/credentials";
import { session } from "../auth/currentSession";
import { signIn } from "../auth/signIn";
import { currentAddress, SIGN_UP } from "../router";
import { authStrings } from "../strings/firstPage";
import { EntryForm } from "./EntryForm";

export function SignIn() {
  const now = session.value;
  const expired = now.kind === "guest" && now.why === "expired";
  const error = new URLSearchParams(currentAddress.value.search).get("error");
  return (
    <EntryForm
      key="sign-in"
      texts={authStrings.signIn}
      other={SIGN_UP + currentAddress.value.search}
      withName={false}
      notice={expired ? authStrings.session.expired : error && describeErrorCode(error)}
      faultsOf={signInFaults}
      submit={signIn}
    />
  );
}
