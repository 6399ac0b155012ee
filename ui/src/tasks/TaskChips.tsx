import { computed, useComputed } from "@preact/signals";
import { Calendar, CloudUpload, CornerDownRight, ExternalLink, Flag, Hash, List, ListChecks, Repeat } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon, type IconShape } from "../components/Icon";
import { Link } from "../components/Link";
import { currentAddress, HOME } from "../router";
import { isPast, today } from "../state/clock";
import { taskStrings } from "../strings/firstPage";
import { describeDue } from "./dueDate";
import { formatFilter, parseFilter } from "./filter";
import { shortAddress, splitLinks } from "./links";
import type { ListRow } from "./list";
import { colorOf } from "./lists";
import { showSteps, titleOf } from "./steps";

/** The name of the list that is shown alone. */
const shownList = computed(() => parseFilter(currentAddress.value.search).list);

interface TaskChipsProps {
  readonly row: ListRow;
  readonly steps?: readonly ListRow[];
  readonly unfolded?: boolean;
  /** Whether it stands below the task that it is a step of. */
  readonly nested?: boolean;
}

/** What a task has besides its text, quietly; and whether a change of it waits. */
export function TaskChips({ row, steps = [], unfolded = false, nested = false }: TaskChipsProps) {
  const parent = useComputed(() => (row.parent && !nested ? titleOf(row.parent) : undefined)).value;
  const { priority = "none", title, waiting, due, overdue, repeat_text: repeat, tags = [], list, completed } = row;
  const links = title.includes("://") ? splitLinks(title).flatMap(({ href }) => href ?? []) : [];
  const otherList = list && list !== shownList.value && !nested ? list : null;
  const late = due && !completed && (overdue || isPast(due));
  const some = priority !== "none" || links.length + tags.length + steps.length > 0 || waiting || due || repeat;
  if (!some && !otherList && !parent) return null;
  return (
    <ul class="chips" aria-label={taskStrings.details}>
      {waiting && <Chip icon={CloudUpload}>{taskStrings.waiting}</Chip>}
      {parent && (
        <Chip icon={CornerDownRight}>
          <span class="visually-hidden">{taskStrings.steps.of} </span>
          {parent}
        </Chip>
      )}
      {steps.length > 0 && row.id !== null && <StepCount id={row.id} steps={steps} unfolded={unfolded} />}
      {due && (
        <Chip icon={Calendar} tone={late ? "high" : ""}>
          {late && <span class="visually-hidden">{taskStrings.overdue} </span>}
          <time dateTime={due}>{describeDue(due, new Date(`${today.value}T12:00`))}</time>
        </Chip>
      )}
      {repeat && <Chip icon={Repeat}>{repeat}</Chip>}
      {priority !== "none" && (
        <Chip icon={Flag} tone={priority}>
          {taskStrings.priorities[priority]}
        </Chip>
      )}
      {otherList && (
        <li>
          <Link
            class={`chip list-name ${colorOf(otherList)}`}
            to={HOME + formatFilter({ status: "all", words: "", list: otherList })}
          >
            <Icon of={List} />
            {otherList}
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

interface StepCountProps {
  readonly id: number;
  readonly steps: readonly ListRow[];
  readonly unfolded: boolean;
}

/** How many steps are done; folds them. */
function StepCount({ id, steps, unfolded }: StepCountProps) {
  const done = steps.filter(({ completed }) => completed).length;
  return (
    <li>
      <button
        type="button"
        class={done === steps.length ? "chip step-count all" : "chip step-count"}
        aria-expanded={unfolded}
        aria-label={taskStrings.steps.count(done, steps.length)}
        title={taskStrings.steps.count(done, steps.length)}
        onClick={() => showSteps(id, !unfolded)}
      >
        <Icon of={ListChecks} />
        {taskStrings.steps.countShort(done, steps.length)}
      </button>
    </li>
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
