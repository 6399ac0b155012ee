import { appStrings } from "../strings/firstPage";

/** Stands in for a page that is loading; it appears only after a moment. */
export function Splash() {
  return (
    <div class="splash" role="status">
      <span class="spinner" aria-hidden="true" />
      <span class="visually-hidden">{appStrings.loading}</span>
    </div>
  );
}
