import { Calendar, CloudUpload, ExternalLink, Flag, Hash, List, Repeat } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon, type IconShape } from "../components/Icon";
import { Link } from "../components/Link";
import { currentAddress, HOME } from "../router";
import { taskStrings } from "../strings/firstPage";
import { describeDue } from "./dueDate";
import { shortAddress, splitLinks } from "./links";
import { formatFilter, type ListRow, parseFilter } from "./list";

/** What a task has besides its text, quietly; and whether a change of it waits. */
export function TaskChips({ row }: { row: ListRow }) {
  const { priority = "none", title, waiting, due, overdue, repeat_text: repeat, tags = [], list, completed } = row;
  const links = title.includes("://") ? splitLinks(title).flatMap(({ href }) => href ?? []) : [];
  const some = priority !== "none" || links.length > 0 || waiting || due || repeat || tags.length > 0 || list;
  if (!some) return null;
  const shown = parseFilter(currentAddress.value.search);
  return (
    <ul class="chips" aria-label={taskStrings.details}>
      {waiting && <Chip icon={CloudUpload}>{taskStrings.waiting}</Chip>}
      {due && (
        <Chip icon={Calendar} tone={overdue && !completed ? "high" : ""}>
          {overdue && !completed && <span class="visually-hidden">{taskStrings.overdue} </span>}
          <time dateTime={due}>{describeDue(due, new Date())}</time>
        </Chip>
      )}
      {repeat && <Chip icon={Repeat}>{repeat}</Chip>}
      {priority !== "none" && (
        <Chip icon={Flag} tone={priority}>
          {taskStrings.priorities[priority]}
        </Chip>
      )}
      {list && list !== shown.list && (
        <li>
          <Link class="chip" to={HOME + formatFilter({ status: "all", words: "", list })}>
            <Icon of={List} />
            {list}
          </Link>
        </li>
      )}
      {tags.map((tag) => (
        <li key={tag}>
          <Link class="chip" to={HOME + formatFilter({ status: "all", words: "", tag })}>
            <Icon of={Hash} />
            {tag}
          </Link>
        </li>
      ))}
      {links.map((href) => (
        <li key={href}>
          <a class="chip" href={href} target="_blank" rel="noopener noreferrer">
            <Icon of={ExternalLink} />
            {shortAddress(href)}
          </a>
        </li>
      ))}
    </ul>
  );
}

interface ChipProps {
  readonly icon: IconShape;
  readonly tone?: string;
  readonly children: ComponentChildren;
}

function Chip({ icon, tone = "", children }: ChipProps) {
  return (
    <li class={`chip ${tone}`}>
      <Icon of={icon} />
      {children}
    </li>
  );
}
