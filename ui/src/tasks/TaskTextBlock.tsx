import type { TaskText } from "../api/schema";

/** Title and notes of a task, to read. */
export function TaskTextBlock({ title, description }: TaskText) {
  return (
    <>
      <p class="theirs" dir="auto">
        {title}
      </p>
      {description && (
        <p class="notes" dir="auto">
          {description}
        </p>
      )}
    </>
  );
}
