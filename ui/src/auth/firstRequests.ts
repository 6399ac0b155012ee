// What every page waits for is asked before its texts are loaded: who is signed in and, on the way to a form, how to sign in.

import { pageAt } from "../router";
import { authClient } from "./client";
import { loadFeatures } from "./features";

authClient.useSession.listen(() => undefined);
if (/^sign-/.test(pageAt(location.pathname))) void loadFeatures();
