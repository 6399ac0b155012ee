// The texts about notifications, where reminders are set and in the settings.

import { en } from "./en/notifications";
import { language } from "./language";

export const notificationStrings = language === "de" ? (await import("./de/notifications")).de : en;
