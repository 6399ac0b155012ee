import { HOME, place } from "../router";
import { strings } from "../strings";
import { type Status, statusIn } from "../tasks/list";
import { Link } from "./Link";

const statuses: readonly Status[] = ["all", "pending", "completed"];

export function Filters() {
  const current = statusIn(place.value.search);
  return (
    <nav class="filters" aria-label={strings.tasks.filter}>
      {statuses.map((status) => (
        <Link key={status} to={status === "all" ? HOME : `${HOME}?status=${status}`} current={status === current}>
          {strings.tasks.filters[status]}
        </Link>
      ))}
    </nav>
  );
}
