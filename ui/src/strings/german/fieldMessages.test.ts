import { expect, test } from "vitest";
import document from "../../../public/api/openapi.json";
import { de as deApp } from "../de/app";
import { de } from "../de/problems";
import { en as enApp } from "../en/app";
import { en } from "../en/problems";
import { germanFieldMessage } from "./fieldMessages";

test("the server's sentences are told in German", () => {
  expect(germanFieldMessage("title", "is required.")).toBe("Der Titel fehlt.");
  expect(germanFieldMessage("title", "must be 1 to 200 characters long.")).toBe(
    "Der Titel muss 1 bis 200 Zeichen haben.",
  );
  expect(germanFieldMessage("priority", "must be one of none, low, medium, high.")).toBe(
    "Die Priorität muss eines hiervon sein: none, low, medium, high.",
  );
  expect(germanFieldMessage("repeat", "needs due: say when the task is due first.")).toMatch(
    /^Die Wiederholung braucht/,
  );
  expect(germanFieldMessage("time_zone", "must be the name of a time zone, such as Europe/Berlin.")).toBe(
    "Die Zeitzone muss eine wie Europe/Berlin sein.",
  );
  expect(germanFieldMessage("body", "The quote that is opened on line 7 is never closed.")).toBe(
    "Das Anführungszeichen, das in Zeile 7 öffnet, wird nie geschlossen.",
  );
});

test("a sentence that is not known is told in general, never in English", () => {
  expect(germanFieldMessage("colour", "must be quite different.")).toBe("„colour“ ist nicht gültig.");
  expect(germanFieldMessage("", "Something else.")).toBe("Etwas daran ist nicht gültig.");
});

test("every error of the API has a sentence in both languages", () => {
  const codes: string[] = document.components.schemas.Problem.properties.code.enum;
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !{ ...en.codes, internal: enApp.problems.internal }[code])).toEqual([]);
  expect(codes.filter((code) => !{ ...de.codes, internal: deApp.problems.internal }[code])).toEqual([]);
});
