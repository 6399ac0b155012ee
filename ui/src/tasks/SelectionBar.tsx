import { Check, Trash, X } from "lucide";
import { Icon } from "../components/Icon";
import { taskStrings } from "../strings/firstPage";
import { completeSelected, deleteSelected } from "./commands";
import { clearSelection, selection } from "./selection";

/** What can be done with the selected tasks together. */
export function SelectionBar() {
  const count = selection.value.size;
  const { many } = taskStrings;
  return (
    <div role="status">
      {count > 0 && (
        <div class="selection">
          <p>{many.selected(count)}</p>
          <button type="button" class="plain" onClick={completeSelected}>
            <Icon of={Check} />
            {many.complete}
          </button>
          <button type="button" class="plain danger" onClick={deleteSelected}>
            <Icon of={Trash} />
            {many.delete}
          </button>
          <button type="button" class="icon-button" aria-label={many.clear} title={many.clear} onClick={clearSelection}>
            <Icon of={X} />
          </button>
        </div>
      )}
    </div>
  );
}
