import { place } from "../router";
import { strings } from "../strings";
import { matching, type Status, statusIn } from "../tasks/list";
import { loading, refreshTasks, shown } from "../tasks/store";
import { Icon } from "./Icon";
import { TaskRow } from "./TaskRow";
import { Trouble } from "./Trouble";

export function TaskList() {
  const all = shown.value;
  const status = statusIn(place.value.search);
  const rows = matching(all, status);
  if (loading.value === "failed") {
    return (
      <Trouble
        heading={strings.tasks.loadFailed}
        text={strings.session.unreachable}
        retry={() => void refreshTasks()}
      />
    );
  }
  if (loading.value === "loading" && all.length === 0) return <Skeleton />;
  if (rows.length === 0) return <Empty status={all.length === 0 ? "all" : status} />;
  return (
    <ul class="list" aria-label={strings.tasks.list}>
      {rows.map((row) => (
        <TaskRow key={row.key} row={row} />
      ))}
    </ul>
  );
}

function Skeleton() {
  return (
    <div class="list skeleton" role="status" aria-busy="true">
      <span class="visually-hidden">{strings.tasks.loading}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

function Empty({ status }: { status: Status }) {
  const [heading, text] = strings.tasks.empty[status];
  return (
    <div class="blank">
      <span class="blank-mark">
        <Icon name={status === "pending" ? "check" : "leaf"} />
      </span>
      <h2>{heading}</h2>
      <p>{text}</p>
    </div>
  );
}
