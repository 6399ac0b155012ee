import { render, type VNode } from "preact";

/** Draws a sheet over the page. Closing removes it, and the focus returns to where it was. */
export function showSheet(draw: (remove: () => void) => VNode): void {
  const place = document.createElement("div");
  document.body.append(place);
  const remove = () => {
    render(null, place);
    place.remove();
  };
  render(draw(remove), place);
}
