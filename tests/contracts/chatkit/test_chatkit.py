"""`/chatkit` as OpenAI's own package reads and writes it: its requests are answered, and each answer is of its types, with
no member that they do not know."""

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

from conftest import User, events, fine

REQUEST = TypeAdapter(ChatKitReq)
EVENT = TypeAdapter(ThreadStreamEvent)


@pytest.fixture
def ann(offline, request):
    return User(offline, request.node.name.replace("[", "-").replace("]", ""))


def read(kind, text):
    """What the package makes of a text; made JSON again, it is the same text: nothing in it was unknown."""
    value = kind.validate_json(text)
    again = kind.dump_python(value, mode="json", by_alias=True, exclude_unset=True)
    assert same_times(again) == same_times(json.loads(text))
    return value


def same_times(value):
    if isinstance(value, dict):
        return {key: "…" if key == "created_at" else same_times(member) for key, member in value.items()}
    return [same_times(member) for member in value] if isinstance(value, list) else value


def send(user, kind, **params):
    """A request that the package itself could have sent."""
    body = {"type": kind, "params": params, "metadata": {}}
    REQUEST.validate_python(body)
    return fine(user.http.post(f"{user.base}/chatkit", json=body))


def spoken(text):
    return {"content": [{"type": "input_text", "text": text}], "attachments": [], "inference_options": {}}


def stream(user, kind, **params):
    return [read(EVENT, text) for text in events(send(user, kind, **params))]


def put_together(told):
    """The items as a client has them after these events."""
    items = {}
    for event in told:
        match event.type:
            case "thread.item.added" | "thread.item.done" | "thread.item.replaced":
                if event.type == "thread.item.done" and event.item.id in items:
                    assert items[event.item.id].model_dump() | {"workflow": None, "created_at": None} == event.item.model_dump() | {
                        "workflow": None, "created_at": None}, "what was streamed is what it ended as"
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


def test_a_conversation(ann):
    told = stream(ann, "threads.create", input=spoken("add buy milk and call mum"))
    kinds = [event.type for event in told]
    assert kinds[:3] == ["thread.created", "thread.item.done", "stream_options"]
    assert (told[0].thread.title, told[0].thread.items.data) == ("add buy milk and call mum", [])
    assert told[1].item.content[0].text == "add buy milk and call mum"
    items = put_together(told)
    workflow = next(item for item in items.values() if isinstance(item, WorkflowItem))
    assert {task.status_indicator for task in workflow.workflow.tasks} == {"complete"}
    assert any(isinstance(item, AssistantMessageItem) and item.content[0].text for item in items.values())
    assert ann.titles() == ["buy milk", "call mum"]

    thread = told[0].thread.id
    more = put_together(stream(ann, "threads.add_user_message", thread_id=thread, input=spoken("show my tasks")))
    whole = read(TypeAdapter(Thread), send(ann, "threads.get_by_id", thread_id=thread).text)
    assert [item.id for item in whole.items.data] == [*items, *more]
    listed = read(TypeAdapter(Page[ThreadItem]), send(ann, "items.list", thread_id=thread, order="desc").text)
    assert listed.data == whole.items.data[::-1]


def test_lists_titles_and_deletion(ann):
    threads = [stream(ann, "threads.create", input=spoken(f"add {title}"))[0].thread.id for title in "abc"]
    page = read(TypeAdapter(Page[Thread]), send(ann, "threads.list", limit=2, order="desc").text)
    assert ([thread.id for thread in page.data], page.has_more, page.after) == (threads[:0:-1], True, threads[1])
    rest = read(TypeAdapter(Page[Thread]), send(ann, "threads.list", limit=2, order="desc", after=page.after).text)
    assert ([thread.id for thread in rest.data], rest.has_more, rest.after) == (threads[:1], False, None)
    renamed = read(TypeAdapter(Thread), send(ann, "threads.update", thread_id=threads[0], title="Groceries").text)
    assert (renamed.id, renamed.title) == (threads[0], "Groceries")
    assert send(ann, "threads.delete", thread_id=threads[0]).json() == {}
    assert [thread.id for thread in read(TypeAdapter(Page[Thread]), send(ann, "threads.list").text).data] == threads[:0:-1]


@pytest.mark.parametrize(("button", "left"), [("confirm", ["b"]), ("cancel", ["a", "b"])])
def test_a_question_and_its_buttons(ann, button, left):
    thread = stream(ann, "threads.create", input=spoken("add tasks: a, b"))[0].thread.id
    items = put_together(stream(ann, "threads.add_user_message", thread_id=thread, input=spoken("delete everything")))
    asked = [item for item in items.values() if isinstance(item, WidgetItem)]
    assert len(asked) == 2 and ann.titles() == ["a", "b"]
    action = getattr(asked[0].widget, button)["action"]
    answer = stream(ann, "threads.custom_action", thread_id=thread, item_id=asked[0].id,
                    action={"type": action.type, "payload": action.payload})
    replaced = next(event.item for event in answer if event.type == "thread.item.replaced")
    assert replaced.id == asked[0].id and replaced.widget.confirm is None
    assert any(event.type == "client_effect" for event in answer) == (button == "confirm")
    assert ann.titles() == left
    whole = read(TypeAdapter(Thread), send(ann, "threads.get_by_id", thread_id=thread).text)
    kept = {item.id: item for item in whole.items.data}
    assert kept[asked[0].id].widget == replaced.widget and kept[asked[1].id].widget == asked[1].widget


def test_what_cannot_be_answered(ann):
    told = stream(ann, "threads.create", input=spoken("x" * 2001))
    assert [(event.type, event.code) for event in told] == [("error", "custom")]
    assert "2000" in told[0].message


def test_the_answer_is_told_again(ann):
    told = stream(ann, "threads.create", input=spoken("add milk"))
    thread = told[0].thread.id
    again = stream(ann, "threads.retry_after_item", thread_id=thread, item_id=told[1].item.id)
    items = put_together(told)
    assert list(put_together(again)) == [item for item in items if item != told[1].item.id]
    assert ann.titles() == ["milk"]
