// The film of README.md: one task by hand, one ticked, three by chat. An animated PNG, of which only what changes is stored.
import { writeFileSync } from "node:fs";
import UPNG from "upng-js";

const COLOURS = 128;
const LETTERS_MS = 90;

/** Walks through the page, which has a list, and writes the film into the file. */
export async function film(page, file) {
  const frames = [];
  const show = async (milliseconds) => frames.push({ png: await page.screenshot({ animations: "disabled" }), milliseconds });
  /** Two letters a frame, as somebody types. */
  const type = async (field, text) => {
    for (let at = 2; at < text.length + 2; at += 2) {
      await field.fill(text.slice(0, at));
      await show(LETTERS_MS);
    }
  };

  await show(1500);
  const line = page.getByRole("textbox", { name: "New task" });
  await type(line, "Call mum tomorrow at 5pm #family");
  await page.locator(".understood .chip").first().waitFor();
  await show(1300);
  await line.press("Enter");
  await page.locator("[data-task]").getByRole("checkbox", { name: "Call mum", exact: true }).waitFor();
  await show(1300);

  await page.getByRole("checkbox", { name: "Renew the passport" }).click();
  await page.getByText('Completed "Renew the passport"').waitFor();
  await show(1300);
  await page.getByRole("button", { name: "Dismiss" }).click();

  await page.getByRole("button", { name: "Open assistant" }).click();
  const message = page.getByRole("textbox", { name: "Message" });
  await message.waitFor();
  await show(900);
  await type(message, "add milk, eggs and bread");
  await message.press("Enter");
  await page.getByText("Added 3 tasks").first().waitFor();
  await page.locator(".working").waitFor({ state: "detached" });
  await page.getByRole("checkbox", { name: "bread" }).waitFor();
  await show(3000);

  const images = frames.map(({ png }) => UPNG.decode(png));
  const [{ width, height }] = images;
  const pixels = images.map((image) => UPNG.toRGBA8(image)[0]);
  const delays = frames.map(({ milliseconds }) => milliseconds);
  writeFileSync(file, Buffer.from(UPNG.encode(pixels, width, height, COLOURS, delays)));
}
