// The texts that the first page needs, by subject. They are loaded together: one file in German too.

import { en } from "./en/firstPage";
import { language } from "./language";

export const {
  app: appStrings,
  auth: authStrings,
  tasks: taskStrings,
} = language === "de" ? (await import("./de/firstPage")).de : en;
