import { session, signIn } from "../auth";
import { signInFaults } from "../credentials";
import { place, SIGN_UP } from "../router";
import { strings } from "../strings";
import { Entry } from "./Entry";

export function SignIn() {
  const now = session.value;
  const expired = now.kind === "guest" && now.why === "expired";
  return (
    <Entry
      key="sign-in"
      words={strings.signIn}
      other={SIGN_UP + place.value.search}
      withName={false}
      notice={expired ? strings.session.expired : null}
      faultsOf={signInFaults}
      submit={signIn}
    />
  );
}
