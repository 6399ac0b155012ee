import { en as app } from "./app";
import { en as auth } from "./auth";
import { en as tasks } from "./tasks";

export const en = { app, auth, tasks };
