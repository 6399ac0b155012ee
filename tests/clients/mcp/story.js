// What every client must be able to do, told once. A client is {listTools(), callTool(name, arguments)}.
import assert from "node:assert/strict";

const names = ["add_task", "add_tasks", "list_tasks", "get_task", "complete_task", "complete_tasks", "update_task", "delete_task", "undo", "list_lists", "search", "fetch"];

/** Checks what a client listed. */
export function areTheTools(listed) {
  assert.deepEqual(listed.map((tool) => tool.name), names);
}

/** Keeps a list from the first task to its deletion. */
export async function keepsAList({ listTools, callTool }) {
  const listed = await listTools();
  areTheTools(listed);
  for (const tool of listed) assert.ok(tool.title && tool.description && tool.outputSchema.type === "object", tool.name);

  const added = await callTool("add_task", { title: "bûy “milk”", description: null });
  const { task } = added.structuredContent;
  assert.deepEqual([task.id, task.title, task.completed], [1, "bûy “milk”", false]);
  assert.deepEqual(JSON.parse(added.content[0].text), added.structuredContent);
  await callTool("add_task", { title: "call mum" });
  await callTool("complete_task", { task_id: 1 });
  await callTool("update_task", { task_id: 2, title: "call dad" });
  const pending = await callTool("list_tasks", { status: "pending", limit: 10 });
  assert.deepEqual(pending.structuredContent.tasks.map(({ id, title }) => [id, title]), [[2, "call dad"]]);
  const deleted = await callTool("delete_task", { task_id: 1 });
  assert.equal(deleted.structuredContent.deleted_id, 1);

  const refused = await callTool("delete_task", { task_id: 1 });
  assert.equal(refused.isError, true);
  assert.match(refused.content[0].text, /list_tasks/);
  const restored = await callTool("undo", {});
  assert.deepEqual(restored.structuredContent.tasks.map((task) => task.id), [1]);
}
