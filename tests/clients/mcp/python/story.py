"""What every client must be able to do, told once."""

TOOLS = ["add_task", "add_tasks", "list_tasks", "get_task", "complete_task", "complete_tasks", "update_task", "delete_task", "undo", "list_lists", "search", "fetch"]


async def keeps_a_list(tools, call):
    """`call(name, arguments)` returns (is_error, structured)."""
    assert tools == TOOLS, tools
    failed, added = await call("add_task", {"title": "bûy “milk”", "description": None})
    assert not failed and added["task"]["title"] == "bûy “milk”", added
    number = added["task"]["id"]
    failed, done = await call("complete_task", {"task_id": number})
    assert not failed and done["task"]["completed"] is True, done
    failed, listed = await call("list_tasks", {"status": "completed"})
    assert not failed and [task["id"] for task in listed["tasks"]] == [number], listed
    failed, deleted = await call("delete_task", {"task_id": number})
    assert not failed and deleted["deleted_id"] == number, deleted
    failed, _ = await call("delete_task", {"task_id": number})
    assert failed, "a second deletion must fail"
    failed, restored = await call("undo", {})
    assert not failed and [task["id"] for task in restored["tasks"]] == [number], restored
