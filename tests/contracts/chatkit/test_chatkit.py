"""`/chatkit` with the types of OpenAI's own package: each request and each response is made of them, without unknown members."""

import json

import pytest
from chatkit.types import (
    AssistantMessageItem,
    ChatKitReq,
    Page,
    Thread,
    ThreadItem,
    ThreadStreamEvent,
    WidgetItem,
    WorkflowItem,
)
from pydantic import TypeAdapter

from conftest import User, events, ensure_ok

REQUEST = TypeAdapter(ChatKitReq)
EVENT = TypeAdapter(ThreadStreamEvent)


@pytest.fixture
def ann(offline, request):
    return User(offline, request.node.name.replace("[", "-").replace("]", ""))


def read(kind, text):
    """Reads a text by a type of the package. Written as JSON again it is the same text, so no member was unknown."""
    value = kind.validate_json(text)
    again = kind.dump_python(value, mode="json", by_alias=True, exclude_unset=True)
    assert without_times(again) == without_times(json.loads(text))
    return value


def without_times(value):
    if isinstance(value, dict):
        return {key: "…" if key == "created_at" else without_times(member) for key, member in value.items()}
    return [without_times(member) for member in value] if isinstance(value, list) else value


def send(user, kind, **params):
    """Sends a request that the package itself could have sent."""
    body = {"type": kind, "params": params, "metadata": {}}
    REQUEST.validate_python(body)
    return ensure_ok(user.http.post(f"{user.base}/chatkit", json=body))


def user_input(text):
    return {"content": [{"type": "input_text", "text": text}], "attachments": [], "inference_options": {}}


def stream(user, kind, **params):
    return [read(EVENT, text) for text in events(send(user, kind, **params))]


def items_after(stream_events):
    """Returns the items that a client has after these events."""
    items = {}
    for event in stream_events:
        match event.type:
            case "thread.item.added" | "thread.item.done" | "thread.item.replaced":
                if event.type == "thread.item.done" and event.item.id in items:
                    assert items[event.item.id].model_dump() | {"workflow": None, "created_at": None} == event.item.model_dump() | {
                        "workflow": None, "created_at": None}, "the streamed item is the final one"
                items[event.item.id] = event.item
            case "thread.item.updated":
                apply(items[event.item_id], event.update)
    return items


def apply(item, update):
    match update.type:
        case "assistant_message.content_part.added":
            assert update.content_index == len(item.content)
            item.content.append(update.content.model_copy())
        case "assistant_message.content_part.text_delta":
            item.content[update.content_index].text += update.delta
        case "assistant_message.content_part.done":
            assert item.content[update.content_index] == update.content
        case "workflow.task.added":
            assert update.task_index == len(item.workflow.tasks)
            item.workflow.tasks.append(update.task)
        case "workflow.task.updated":
            item.workflow.tasks[update.task_index] = update.task


def test_a_conversation_is_a_thread_and_its_steps_are_items(ann):
    created = stream(ann, "threads.create", input=user_input("add buy milk and call mum"))
    kinds = [event.type for event in created]
    assert kinds[:3] == ["thread.created", "thread.item.done", "stream_options"]
    assert (created[0].thread.title, created[0].thread.items.data) == ("add buy milk and call mum", [])
    assert created[1].item.content[0].text == "add buy milk and call mum"
    items = items_after(created)
    workflow = next(item for item in items.values() if isinstance(item, WorkflowItem))
    assert {task.status_indicator for task in workflow.workflow.tasks} == {"complete"}
    assert any(isinstance(item, AssistantMessageItem) and item.content[0].text for item in items.values())
    assert ann.titles() == ["buy milk", "call mum"]

    thread = created[0].thread.id
    more = items_after(stream(ann, "threads.add_user_message", thread_id=thread, input=user_input("show my tasks")))
    whole = read(TypeAdapter(Thread), send(ann, "threads.get_by_id", thread_id=thread).text)
    assert [item.id for item in whole.items.data] == [*items, *more]
    listed = read(TypeAdapter(Page[ThreadItem]), send(ann, "items.list", thread_id=thread, order="desc").text)
    assert listed.data == whole.items.data[::-1]


def test_threads_are_listed_renamed_and_deleted(ann):
    threads = [stream(ann, "threads.create", input=user_input(f"add {title}"))[0].thread.id for title in "abc"]
    page = read(TypeAdapter(Page[Thread]), send(ann, "threads.list", limit=2, order="desc").text)
    assert ([thread.id for thread in page.data], page.has_more, page.after) == (threads[:0:-1], True, threads[1])
    rest = read(TypeAdapter(Page[Thread]), send(ann, "threads.list", limit=2, order="desc", after=page.after).text)
    assert ([thread.id for thread in rest.data], rest.has_more, rest.after) == (threads[:1], False, None)
    renamed = read(TypeAdapter(Thread), send(ann, "threads.update", thread_id=threads[0], title="Groceries").text)
    assert (renamed.id, renamed.title) == (threads[0], "Groceries")
    assert send(ann, "threads.delete", thread_id=threads[0]).json() == {}
    assert [thread.id for thread in read(TypeAdapter(Page[Thread]), send(ann, "threads.list").text).data] == threads[:0:-1]


@pytest.mark.parametrize(("button", "left"), [("confirm", ["b"]), ("cancel", ["a", "b"])])
def test_the_buttons_of_a_question_decide_it(ann, button, left):
    thread = stream(ann, "threads.create", input=user_input("add tasks: a, b"))[0].thread.id
    items = items_after(stream(ann, "threads.add_user_message", thread_id=thread, input=user_input("delete everything")))
    questions = [item for item in items.values() if isinstance(item, WidgetItem)]
    assert len(questions) == 2 and ann.titles() == ["a", "b"]
    action = getattr(questions[0].widget, button)["action"]
    decision = stream(ann, "threads.custom_action", thread_id=thread, item_id=questions[0].id,
                      action={"type": action.type, "payload": action.payload})
    replaced = next(event.item for event in decision if event.type == "thread.item.replaced")
    assert replaced.id == questions[0].id and replaced.widget.confirm is None
    assert any(event.type == "client_effect" for event in decision) == (button == "confirm")
    assert ann.titles() == left
    whole = read(TypeAdapter(Thread), send(ann, "threads.get_by_id", thread_id=thread).text)
    stored = {item.id: item for item in whole.items.data}
    assert stored[questions[0].id].widget == replaced.widget and stored[questions[1].id].widget == questions[1].widget


def test_a_message_that_is_too_long_is_an_error_event(ann):
    stream_events = stream(ann, "threads.create", input=user_input("x" * 2001))
    assert [(event.type, event.code) for event in stream_events] == [("error", "custom")]
    assert "2000" in stream_events[0].message


def test_a_retry_of_a_complete_turn_streams_it_again(ann):
    created = stream(ann, "threads.create", input=user_input("add milk"))
    thread = created[0].thread.id
    again = stream(ann, "threads.retry_after_item", thread_id=thread, item_id=created[1].item.id)
    items = items_after(created)
    assert list(items_after(again)) == [item for item in items if item != created[1].item.id]
    assert ann.titles() == ["milk"]
