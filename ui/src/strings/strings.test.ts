import { expect, test } from "vitest";
import { de as accountDe } from "./account-de";
import { en as accountEn } from "./account-en";
import { de } from "./de";
import { en } from "./en";
import { pick } from "./language";
import { de as moreDe } from "./more-de";
import { en as moreEn } from "./more-en";

/** Every text with its path; functions are called with what any of them takes. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String(value("7", "8"))]];
  return Object.entries(value as object).flatMap(([name, member]) => texts(member, `${path}.${name}`));
}

test("every text is there in both languages, and none is empty", () => {
  for (const [english, german] of [
    [en, de],
    [moreEn, moreDe],
    [accountEn, accountDe],
  ]) {
    const there = texts(english);
    const here = new Map(texts(german));
    expect([...here.keys()].sort()).toEqual(there.map(([path]) => path).sort());
    for (const [path, text] of [...there, ...here]) expect(text.trim(), path).not.toBe("");
  }
});

test("the chosen language goes before the browser's, and English before none", () => {
  expect(pick("en", ["de-DE"])).toBe("en");
  expect(pick(null, ["fr", "de-AT", "en"])).toBe("de");
  expect(pick(null, ["fr"])).toBe("en");
  expect(pick("xx", [])).toBe("en");
});
