// The time of a day from which reminders of a task without a time are counted.

import { signal } from "@preact/signals";
import { getDayTime } from "../api/operations";
import { list } from "../tasks/taskState";

/** As the server has it unless the user changed it. */
export const dayTime = signal("09:00");
let loadedFor: string | null = null;

/** Loads the user's time once; without the server the usual one is shown. */
export function loadDayTime(): void {
  const { user } = list;
  if (user === null || loadedFor === user) return;
  loadedFor = user;
  getDayTime(user).then(
    (time) => {
      dayTime.value = time;
    },
    () => {
      loadedFor = null;
    },
  );
}
