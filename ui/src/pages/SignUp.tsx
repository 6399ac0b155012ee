import { useState } from "preact/hooks";
import { signUpFaults } from "../auth/credentials";
import { signUp } from "../auth/signIn";
import { EntrySheet } from "../components/EntrySheet";
import { Link } from "../components/Link";
import { currentAddress, SIGN_IN } from "../router";
import { authStrings } from "../strings/firstPage";
import { EntryForm } from "./EntryForm";

export function SignUp() {
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  if (mailedTo !== null) {
    return (
      <EntrySheet heading={authStrings.signUp.mailed} lead={authStrings.signUp.mailedTo(mailedTo)}>
        <p class="aside">
          <Link to={SIGN_IN + currentAddress.value.search}>{authStrings.signUp.otherLink}</Link>
        </p>
      </EntrySheet>
    );
  }
  return (
    <EntryForm
      key="sign-up"
      texts={authStrings.signUp}
      other={SIGN_IN + currentAddress.value.search}
      withName
      notice={null}
      faultsOf={signUpFaults}
      submit={(values, oauth) => signUp(values, oauth, () => setMailedTo(values.email))}
    />
  );
}
