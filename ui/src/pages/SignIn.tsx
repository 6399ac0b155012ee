import { useState } from "preact/hooks";
import { describeErrorCode } from "../auth/authErrors";
import { signInFaults } from "../auth/credentials";
import { session } from "../auth/currentSession";
import { type CodeSource, signIn } from "../auth/signIn";
import { Lazy, type LazyLoader } from "../components/Lazy";
import { currentAddress, SIGN_UP } from "../router";
import { authStrings } from "../strings/firstPage";
import { EntryForm } from "./EntryForm";

const secondFactor: LazyLoader<{ source: CodeSource; back: () => void }> = () =>
  import("./SecondFactor").then(({ SecondFactor }) => SecondFactor);

export function SignIn() {
  const [source, setSource] = useState<CodeSource | null>(null);
  const now = session.value;
  const { expired, deleted } = authStrings.session;
  const farewell = now.kind !== "guest" ? null : { expired, deleted, left: null, never: null }[now.why];
  const error = new URLSearchParams(currentAddress.value.search).get("error");
  if (source !== null) return <Lazy load={secondFactor} with={{ source, back: () => setSource(null) }} />;
  return (
    <EntryForm
      key="sign-in"
      texts={authStrings.signIn}
      other={SIGN_UP + currentAddress.value.search}
      withName={false}
      notice={farewell ?? (error && describeErrorCode(error))}
      faultsOf={signInFaults}
      submit={(values, oauth) => signIn(values, oauth, setSource)}
    />
  );
}
