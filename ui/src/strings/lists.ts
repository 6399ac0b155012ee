// The texts of the sheet that makes and changes lists.

import { en } from "./en/lists";
import { language } from "./language";

export const listStrings = language === "de" ? (await import("./de/lists")).de : en;
