"""What we ask of Gemini, by the types of Google's own package; what it answers, by WireMock with bytes that were recorded
(`wiremock/`), which refuses what the real one refuses."""

import json

import pytest
import requests
from google.genai import types

from conftest import HERE, User, events, fine, running


@pytest.fixture(scope="module")
def app(gemini):
    with running(gemini_url=gemini, gemini_api_key="test-key", gemini_api_version="v1", chat_rate_limit="0/300") as base:
        yield base


@pytest.fixture
def user(app, gemini, request):
    fine(requests.delete(f"{gemini}/__admin/requests"))
    fine(requests.post(f"{gemini}/__admin/scenarios/reset"))
    return User(app, request.node.name)


def asked(gemini):
    """The bodies of the requests so far, oldest first."""
    journal = fine(requests.get(f"{gemini}/__admin/requests")).json()["requests"]
    return [json.loads(entry["request"]["body"]) for entry in reversed(journal)]


def check(body):
    """A body is made of Google's types alone, which refuse what they do not know."""
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
    answer = fine(user.say("what is the capital?")).json()
    assert answer["response"] == "The capital of Mexico is Mexico City."
    assert [(call["name"], call["status"]) for call in answer["tool_calls"]] == [("get_country", "failed")], "it is no tool of ours"
    first, second = map(check, asked(gemini))
    recorded = json.loads((HERE / "gemini/wiremock/__files/call.sse").read_text().split("\n")[0].removeprefix("data: "))
    call, result = second[-2:]
    assert asked(gemini)[1]["contents"][-2]["parts"][0] == recorded["candidates"][0]["content"]["parts"][0], "byte for byte"
    assert len(call.parts) == len(result.parts) == 1
    assert result.parts[0].function_response.name == "get_country" and result.parts[0].function_response.id is None
    assert [content.role for content in first] == ["user"]


def test_a_later_turn_still_has_the_signature(user, gemini):
    first = fine(user.say("what is the capital?")).json()
    second = fine(user.say("and which capital was it?", conversation_id=first["conversation_id"])).json()
    assert second["response"] == "The capital of Mexico is Mexico City."
    assert [len(check(body)) for body in asked(gemini)] == [1, 3, 5, 7]


def test_the_stand_in_refuses_a_call_without_its_signature(gemini):
    call = {"role": "model", "parts": [{"functionCall": {"name": "get_country", "args": {}}}]}
    result = {"role": "user", "parts": [{"functionResponse": {"name": "get_country", "response": {"output": "Mexico"}}}]}
    body = {"contents": [{"role": "user", "parts": [{"text": "capital"}]}, call, result]}
    url = f"{gemini}/v1/models/m:streamGenerateContent?alt=sse"
    refused = requests.post(url, json=body, headers={"x-goog-api-key": "k"})
    assert refused.status_code == 400 and "thought_signature" in refused.text
    assert requests.post(url, json=body).status_code == 403, "and one without a key"


def test_a_delay_that_google_asks_for_is_waited_out(user, gemini):
    assert fine(user.say("my quota")).json()["response"] == "after retry"
    assert len([check(body) for body in asked(gemini)]) == 2


def test_a_cut_stream_is_our_503_and_the_message_is_kept(user, gemini):
    refused = user.say("cutoff")
    assert refused.status_code == 503 and "retry-after" in refused.headers
    assert refused.json()["code"] == "unavailable" and "kept" in refused.json()["detail"]
    assert [conversation["title"] for conversation in user.get("conversations")] == ["cutoff"]


def test_a_recorded_stream_is_told_piece_by_piece(user):
    response = fine(user.say("what is the capital?", headers={"accept": "text/event-stream"}))
    *told, done = events(response)
    deltas = [event["delta"] for event in map(json.loads, told) if event["type"] == "text-delta"]
    assert (deltas, done) == (["The capital of Mexico", " is Mexico City."], "[DONE]")
