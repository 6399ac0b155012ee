import { type TaskOrder, taskOrders } from "../api/schema";
import { currentAddress, HOME, navigate } from "../router";
import { taskStrings } from "../strings/firstPage";
import { formatFilter, orderOf, parseFilter } from "./filter";

/** In which order the tasks are shown; it is in the page's address. */
export function OrderSelect() {
  const filter = parseFilter(currentAddress.value.search);
  const { sort, ...view } = filter;
  const choose = (order: TaskOrder) => {
    const chosen = orderOf(view) === order ? view : { ...view, sort: order };
    navigate(HOME + formatFilter(chosen), "replace");
  };
  return (
    <select
      class="order"
      aria-label={taskStrings.orders.label}
      value={orderOf(filter)}
      onChange={({ currentTarget: { value } }) => choose(taskOrders.find((order) => order === value) ?? "manual")}
    >
      {taskOrders.map((order) => (
        <option key={order} value={order}>
          {taskStrings.orders[order]}
        </option>
      ))}
    </select>
  );
}
