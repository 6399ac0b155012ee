import { useEffect } from "preact/hooks";
import { reloadSession, session } from "./auth";
import { Trouble } from "./components/Trouble";
import { NotFound } from "./pages/NotFound";
import { SignIn } from "./pages/SignIn";
import { SignUp } from "./pages/SignUp";
import { Tasks } from "./pages/Tasks";
import { decide, navigate, type Page, place } from "./router";
import type { User } from "./session";
import { strings } from "./strings";

export function App() {
  const decision = decide(place.value, session.value);
  const target = decision.kind === "go" ? decision.to : null;
  useEffect(() => {
    if (target !== null) navigate(target, "replace");
  }, [target]);

  if (session.value.kind === "unreachable" && decision.kind === "wait") return <Unreachable />;
  if (decision.kind !== "show") return <Splash />;
  return <Shown page={decision.page} user={session.value.kind === "user" ? session.value.user : null} />;
}

function Shown({ page, user }: { page: Page; user: User | null }) {
  const name = pageNames[page];
  useEffect(() => {
    document.title = strings.title(name);
  }, [name]);

  switch (page) {
    case "tasks":
      return user ? <Tasks user={user} /> : <Splash />;
    case "sign-in":
      return <SignIn />;
    case "sign-up":
      return <SignUp />;
    case "not-found":
      return <NotFound />;
  }
}

const pageNames: Record<Page, string> = {
  tasks: strings.tasks.page,
  "sign-in": strings.signIn.page,
  "sign-up": strings.signUp.page,
  "not-found": strings.notFound.page,
};

/** Shown while it is not known who is there. It appears only when that takes a while. */
function Splash() {
  return (
    <div class="splash" role="status">
      <span class="spinner" aria-hidden="true" />
      <span class="visually-hidden">{strings.loading}</span>
    </div>
  );
}

function Unreachable() {
  return (
    <main class="lone">
      <Trouble
        heading={strings.session.unreachableTitle}
        text={strings.session.unreachable}
        alone
        retry={() => void reloadSession()}
      />
    </main>
  );
}
