import { CloudUpload, ExternalLink, Flag } from "lucide";
import { Icon } from "../components/Icon";
import { taskStrings } from "../strings/firstPage";
import { shortAddress, splitLinks } from "./links";
import type { ListRow } from "./list";

/** What a task has besides its text: its priority, the links of its title, and whether a change of it waits. */
export function TaskChips({ row }: { row: ListRow }) {
  const { priority = "none", title, waiting } = row;
  const links = title.includes("://") ? splitLinks(title).flatMap(({ href }) => href ?? []) : [];
  if (priority === "none" && links.length === 0 && !waiting) return null;
  return (
    <ul class="chips" aria-label={taskStrings.details}>
      {waiting && (
        <li class="chip">
          <Icon of={CloudUpload} />
          {taskStrings.waiting}
        </li>
      )}
      {priority !== "none" && (
        <li class={`chip ${priority}`}>
          <Icon of={Flag} />
          {taskStrings.priorities[priority]}
        </li>
      )}
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
