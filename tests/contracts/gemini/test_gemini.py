"""Our requests to Gemini, checked by the types of Google's own package. WireMock responds with recorded bytes (`wiremock/`) and
rejects what the real service rejects."""

import json

import pytest
import requests
from google.genai import types

from conftest import HERE, User, events, ensure_ok, running


@pytest.fixture(scope="module")
def app(gemini):
    with running(gemini_url=gemini, gemini_api_key="test-key", gemini_api_version="v1", chat_rate_limit="0/300") as base:
        yield base


@pytest.fixture
def user(app, gemini, request):
    ensure_ok(requests.delete(f"{gemini}/__admin/requests"))
    ensure_ok(requests.post(f"{gemini}/__admin/scenarios/reset"))
    return User(app, request.node.name)


def request_bodies(gemini):
    """Returns the bodies of the requests so far, oldest first."""
    journal = ensure_ok(requests.get(f"{gemini}/__admin/requests")).json()["requests"]
    return [json.loads(entry["request"]["body"]) for entry in reversed(journal)]


def check(body):
    """Checks that a body is made of Google's types alone, which reject unknown members. Returns its contents."""
    rest = dict(body)
    types.Content.model_validate(rest.pop("systemInstruction"))
    contents = [types.Content.model_validate(content) for content in rest.pop("contents")]
    [types.Tool.model_validate(tool) for tool in rest.pop("tools", [])]
    types.ToolConfig.model_validate(rest.pop("toolConfig", {}))
    types.GenerationConfig.model_validate(rest.pop("generationConfig"))
    assert rest == {"store": False}
    assert contents[0].role == "user" and contents[-1].role == "user"
    return contents


def test_a_recorded_loop_keeps_its_signature(user, gemini):
    reply = ensure_ok(user.send_message("what is the capital?")).json()
    assert reply["response"] == "The capital of Mexico is Mexico City."
    assert [(call["name"], call["status"]) for call in reply["tool_calls"]] == [("get_country", "failed")], "the server has no such tool"
    first, second = map(check, request_bodies(gemini))
    recorded = json.loads((HERE / "gemini/wiremock/__files/call.sse").read_text().split("\n")[0].removeprefix("data: "))
    call, result = second[-2:]
    assert request_bodies(gemini)[1]["contents"][-2]["parts"][0] == recorded["candidates"][0]["content"]["parts"][0], "byte for byte"
    assert len(call.parts) == len(result.parts) == 1
    assert result.parts[0].function_response.name == "get_country" and result.parts[0].function_response.id is None
    assert [content.role for content in first] == ["user"]


def test_a_later_turn_still_has_the_signature(user, gemini):
    first = ensure_ok(user.send_message("what is the capital?")).json()
    second = ensure_ok(user.send_message("and which capital was it?", conversation_id=first["conversation_id"])).json()
    assert second["response"] == "The capital of Mexico is Mexico City."
    assert [len(check(body)) for body in request_bodies(gemini)] == [1, 3, 5, 7]


def test_the_stand_in_rejects_a_call_without_its_signature(gemini):
    call = {"role": "model", "parts": [{"functionCall": {"name": "get_country", "args": {}}}]}
    result = {"role": "user", "parts": [{"functionResponse": {"name": "get_country", "response": {"output": "Mexico"}}}]}
    body = {"contents": [{"role": "user", "parts": [{"text": "capital"}]}, call, result]}
    url = f"{gemini}/v1/models/m:streamGenerateContent?alt=sse"
    rejected = requests.post(url, json=body, headers={"x-goog-api-key": "k"})
    assert rejected.status_code == 400 and "thought_signature" in rejected.text
    assert requests.post(url, json=body).status_code == 403, "a request without a key is rejected too"


def test_the_pause_that_google_asks_for_is_made(user, gemini):
    assert ensure_ok(user.send_message("my quota")).json()["response"] == "after retry"
    assert len([check(body) for body in request_bodies(gemini)]) == 2


def test_a_cut_stream_becomes_a_503_and_the_message_is_stored(user, gemini):
    failed = user.send_message("cutoff")
    assert failed.status_code == 503 and "retry-after" in failed.headers
    assert failed.json()["code"] == "unavailable" and "kept" in failed.json()["detail"]
    assert [conversation["title"] for conversation in user.get("conversations")] == ["cutoff"]


def test_a_recorded_stream_is_passed_on_piece_by_piece(user):
    response = ensure_ok(user.send_message("what is the capital?", headers={"accept": "text/event-stream"}))
    *chunks, done = events(response)
    deltas = [event["delta"] for event in map(json.loads, chunks) if event["type"] == "text-delta"]
    assert (deltas, done) == (["The capital of Mexico", " is Mexico City."], "[DONE]")
