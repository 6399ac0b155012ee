import { expect, test } from "vitest";
import { aiTools } from "./aiTools";
import { guessDevice } from "./device";

test("a device is named by its browser and system", () => {
  const chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
  expect(guessDevice(chrome)).toEqual({ browser: "Chrome", system: "Linux" });
  expect(guessDevice(`${chrome} Edg/140.0`)?.browser).toBe("Edge");
  const phone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";
  expect(guessDevice(phone)).toEqual({ browser: "Safari", system: "iOS" });
  expect(guessDevice("todo-suite/1")).toBeNull();
});

test("every tool's setup has the whole address, and its JSON is valid", () => {
  for (const { steps } of Object.values(aiTools)) {
    for (const { code } of steps("https://todo.example/mcp")) {
      expect(code).toContain("https://todo.example/mcp");
      if (code.startsWith("{")) expect(() => JSON.parse(code)).not.toThrow();
    }
  }
});
