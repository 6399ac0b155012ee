import { expect, test } from "vitest";
import { de } from "./de/tasks";
import { en } from "./en/tasks";
import { chooseLanguage } from "./language";

const english = import.meta.glob<object>("./en/*.ts", { eager: true, import: "en" });
const german = import.meta.glob<object>("./de/*.ts", { eager: true, import: "de" });

/** Every text with its path; functions are called with arguments that each of them accepts. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String(value("7", "8"))]];
  return Object.entries(value as object).flatMap(([name, member]) => texts(member, `${path}.${name}`));
}

test("every subject has a file in both languages", () => {
  expect(Object.keys(german).map((file) => file.replace("/de/", "/en/"))).toEqual(Object.keys(english));
  expect(Object.keys(english)).toContain("./en/tasks.ts");
});

test("every text exists in both languages, and none is empty", () => {
  for (const [file, subject] of Object.entries(english)) {
    const there = texts(subject);
    const here = new Map(texts(german[file.replace("/en/", "/de/")]));
    expect([...here.keys()].sort(), file).toEqual(there.map(([path]) => path).sort());
    for (const [path, text] of [...there, ...here]) expect(text.trim(), file + path).not.toBe("");
  }
});

test("the chosen language goes before the browser's, and English before none", () => {
  expect(chooseLanguage("en", ["de-DE"])).toBe("en");
  expect(chooseLanguage(null, ["fr", "de-AT", "en"])).toBe("de");
  expect(chooseLanguage(null, ["fr"])).toBe("en");
  expect(chooseLanguage("xx", [])).toBe("en");
});

test("large counts are grouped as the language does", () => {
  expect(en.summary(12345, 7)).toBe("12,345 pending, 7 completed");
  expect(de.summary(12345, 7)).toBe("12.345 offen, 7 erledigt");
});
