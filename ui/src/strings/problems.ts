// The texts for what the server says of a failure.

import { en } from "./en/problems";
import { language } from "./language";

export const problemStrings = language === "de" ? (await import("./de/problems")).de : en;
