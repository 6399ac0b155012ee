import { appStrings } from "../strings/firstPage";

/** Shown while it is not known who is there. It appears only when that takes a while. */
export function Splash() {
  return (
    <div class="splash" role="status">
      <span class="spinner" aria-hidden="true" />
      <span class="visually-hidden">{appStrings.loading}</span>
    </div>
  );
}
