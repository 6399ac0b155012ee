import { session, signIn } from "../auth";
import { signInFaults } from "../credentials";
import { explainCode } from "../refusal";
import { place, SIGN_UP } from "../router";
import { strings } from "../strings";
import { Entry } from "./Entry";

export function SignIn() {
  const now = session.value;
  const expired = now.kind === "guest" && now.why === "expired";
  const error = new URLSearchParams(place.value.search).get("error");
  return (
    <Entry
      key="sign-in"
      words={strings.signIn}
      other={SIGN_UP + place.value.search}
      withName={false}
      notice={expired ? strings.session.expired : error && explainCode(error)}
      faultsOf={signInFaults}
      submit={signIn}
    />
  );
}
