import { explainCode } from "../auth/authErrors";
import { session, signIn } from "../auth/client";
import { signInFaults } from "../auth/credentials";
import { place, SIGN_UP } from "../router";
import { authStrings } from "../strings/firstPage";
import { Entry } from "./EntryForm";

export function SignIn() {
  const now = session.value;
  const expired = now.kind === "guest" && now.why === "expired";
  const error = new URLSearchParams(place.value.search).get("error");
  return (
    <Entry
      key="sign-in"
      words={authStrings.signIn}
      other={SIGN_UP + place.value.search}
      withName={false}
      notice={expired ? authStrings.session.expired : error && explainCode(error)}
      faultsOf={signInFaults}
      submit={signIn}
    />
  );
}
