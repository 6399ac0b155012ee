// The texts of the pages and panels that are loaded when they are asked for.

import { language } from "./language";
import { en } from "./more-en";

export type More = typeof en;

export const more: More = language === "de" ? (await import("./more-de")).de : en;
