import { render, type VNode } from "preact";

/** Draws a sheet over the page. Closing removes it, and the focus returns to where it was, or to the page if that is gone. */
export function showSheet(draw: (remove: () => void) => VNode): void {
  const place = document.createElement("div");
  document.body.append(place);
  const remove = () => {
    removeEventListener("popstate", remove);
    render(null, place);
    place.remove();
    if (document.activeElement === document.body) document.getElementById("content")?.focus({ preventScroll: true });
  };
  // Back leads to another page, over which nothing of this one stays.
  addEventListener("popstate", remove);
  render(draw(remove), place);
}
