// The texts that the first page needs, by subject. German ones are loaded together, in one request.

import { en } from "./en/firstPage";
import { language } from "./language";

export const {
  app: appStrings,
  auth: authStrings,
  tasks: taskStrings,
} = language === "de" ? (await import("./de/firstPage")).de : en;
