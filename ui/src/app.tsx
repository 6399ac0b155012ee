import { useEffect } from "preact/hooks";
import { reloadSession, session } from "./auth/currentSession";
import { features, loadFeatures } from "./auth/features";
import type { User } from "./auth/session";
import { ErrorState } from "./components/ErrorState";
import { Lazy, type LazyLoader } from "./components/Lazy";
import { Splash } from "./components/Splash";
import { Frame } from "./frame/Frame";
import { SignIn } from "./pages/SignIn";
import { SignUp } from "./pages/SignUp";
import { headingOf, Tasks } from "./pages/Tasks";
import { conversationIdAt, currentAddress, decideRoute, HOME, navigate, type PageName } from "./router";
import { openAssistant } from "./state/assistant";
import { drafts } from "./state/drafts";
import { appStrings, authStrings, taskStrings } from "./strings/firstPage";
import { parseFilter } from "./tasks/filter";
import { readLastList } from "./tasks/lastList";

export function App() {
  const decision = decideRoute(currentAddress.value, session.value);
  const target = decision.kind === "go" ? decision.to : null;
  useEffect(() => {
    if (target !== null) navigate(target, "replace");
  }, [target]);

  if (session.value.kind === "unreachable" && decision.kind === "wait") return <Unreachable />;
  if (decision.kind !== "show") return <Splash />;
  return <CurrentPage page={decision.page} user={session.value.kind === "user" ? session.value.user : null} />;
}

function CurrentPage({ page, user }: { page: PageName; user: User | null }) {
  const entry = page === "sign-in" || page === "sign-up";
  const name = page === "tasks" ? headingOf(parseFilter(currentAddress.value.search)) : pageNames[page];
  useEffect(() => {
    document.title = appStrings.title(name);
  }, [name]);
  useEffect(() => {
    if (entry) void loadFeatures();
  }, [entry]);

  // The form appears once it is known which ways to sign in it offers, so that nothing in it moves.
  if (entry && features.value === null) return <Splash />;
  if (page === "sign-in") return <SignIn />;
  if (page === "sign-up") return <SignUp />;
  if (page === "forgot" || page === "reset" || page === "verified" || page === "app-refused" || page === "not-found")
    return <Lazy load={standalone[page]} with={{}} />;
  if (user === null) return <Splash />;
  if (page === "consent") return <Lazy load={consent} with={{ user }} />;
  return (
    <Frame page={page} user={user}>
      {page === "tasks" && <Tasks user={user} />}
      {page === "conversations" && <OpenConversations />}
      {page === "activity" && <Lazy load={activity} with={{ user }} />}
      {page === "settings" && <Lazy load={settings} with={{ user }} />}
    </Frame>
  );
}

const standalone = {
  "not-found": () => import("./pages/NotFound").then(({ NotFound }) => NotFound),
  forgot: () => import("./pages/Forgot").then(({ Forgot }) => Forgot),
  reset: () => import("./pages/Reset").then(({ Reset }) => Reset),
  verified: () => import("./pages/Verified").then(({ Verified }) => Verified),
  "app-refused": () => import("./pages/AppRefused").then(({ AppRefused }) => AppRefused),
};
type UserPage = LazyLoader<{ user: User }>;
const consent: UserPage = () => import("./pages/Consent").then(({ Consent }) => Consent);
const activity: UserPage = () => import("./pages/Activity").then(({ Activity }) => Activity);
const settings: UserPage = () => import("./pages/Settings").then(({ Settings }) => Settings);

const pageNames: Record<PageName, string> = {
  tasks: taskStrings.page,
  "sign-in": authStrings.signIn.page,
  "sign-up": authStrings.signUp.page,
  "not-found": appStrings.notFound.page,
  ...appStrings.pageNames,
};

/** The address of a conversation opens the assistant beside the tasks. */
function OpenConversations() {
  useEffect(() => {
    const conversation = conversationIdAt(currentAddress.peek().path);
    openAssistant(conversation === null ? { history: true } : { conversation });
    navigate(HOME, "replace");
  }, []);
  return <Splash />;
}

/** The server does not respond, so it is not known who is signed in: the last list is shown, if this browser has one. */
function Unreachable() {
  const list = readLastList();
  useEffect(() => {
    document.title = appStrings.title(appStrings.offline.page);
    if (list !== null) drafts.setOwner(list.owner.id);
  }, []);
  if (list !== null) {
    return (
      <Frame page="tasks" user={list.owner}>
        <Tasks user={list.owner} />
      </Frame>
    );
  }
  return (
    <main class="standalone">
      <ErrorState
        heading={authStrings.session.unreachableTitle}
        text={authStrings.session.unreachable}
        alone
        retry={() => void reloadSession()}
      />
    </main>
  );
}
