import { signUp } from "../auth";
import { signUpFaults } from "../credentials";
import { place, SIGN_IN } from "../router";
import { strings } from "../strings";
import { Entry } from "./Entry";

export function SignUp() {
  return (
    <Entry
      key="sign-up"
      words={strings.signUp}
      other={SIGN_IN + place.value.search}
      withName
      notice={null}
      faultsOf={signUpFaults}
      submit={signUp}
    />
  );
}
