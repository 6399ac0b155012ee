// Loads the tasks and lists of the signed-in user and keeps them in step with what others change.

import { followLists } from "./lists";
import { openTasks } from "./store";
import { watchOthers } from "./watchOthers";

/** Returns what ends it; the tasks stay, for the next page. */
export function followTasks(user: string): () => void {
  openTasks(user);
  const ends = [watchOthers(), followLists()];
  return () => {
    for (const end of ends) end();
  };
}
