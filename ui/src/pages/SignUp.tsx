import { useState } from "preact/hooks";
import { type Credentials, signUpFaults } from "../auth/credentials";
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
  const other = SIGN_IN + currentAddress.value.search;
  const submit = async (values: Credentials, oauth: string | null) => {
    const failure = await signUp(values, oauth, () => setMailedTo(values.email));
    if (failure !== authStrings.authErrors.exists) return failure;
    return (
      <>
        {failure} <Link to={other}>{authStrings.signUp.instead}</Link>
      </>
    );
  };
  return (
    <EntryForm
      key="sign-up"
      texts={authStrings.signUp}
      other={other}
      withName
      notice={null}
      faultsOf={signUpFaults}
      submit={submit}
    />
  );
}
