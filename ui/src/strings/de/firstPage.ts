import type { en } from "../en/firstPage";
import { de as app } from "./app";
import { de as auth } from "./auth";
import { de as tasks } from "./tasks";

export const de: typeof en = { app, auth, tasks };
