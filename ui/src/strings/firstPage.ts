// The texts that the first page needs, by subject: those of one language, in one request.

import { language } from "./language";

export const {
  app: appStrings,
  auth: authStrings,
  tasks: taskStrings,
} = language === "de" ? (await import("./de/firstPage")).de : (await import("./en/firstPage")).en;
