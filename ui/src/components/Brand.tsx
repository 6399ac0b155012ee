import { HOME } from "../router";
import { strings } from "../strings";
import { Link } from "./Link";

export function Brand() {
  return (
    <Link class="brand" to={HOME}>
      <img src="/favicon.svg" alt="" width="28" height="28" />
      <span>{strings.app}</span>
    </Link>
  );
}
