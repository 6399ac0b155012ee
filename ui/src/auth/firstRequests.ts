// What every page waits for is asked before its texts are loaded: who is signed in and, on the way to a form, how to sign in.

import { afterYield } from "../browser/idle";
import { pageAt } from "../router";
import { authClient } from "./client";
import { loadFeatures } from "./features";

// What is evaluated so far has been a task of its own.
await afterYield();
authClient.useSession.listen(() => undefined);
if (/^sign-/.test(pageAt(location.pathname))) void loadFeatures();
