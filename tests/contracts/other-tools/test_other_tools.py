"""The tools of another MCP server: one made with the official Python package, which has sessions and responds with event streams."""

import json
import socket
import threading
import time

import pytest
import requests
import uvicorn
from mcp.server import MCPServer
from mcp.types import ToolAnnotations

from conftest import User, ensure_ok, running


class GardenServer:
    """The server, the calls of its tools, and the tokens and sessions of its requests."""

    def __init__(self):
        self.watered, self.tokens, self.sessions = [], set(), set()
        server = MCPServer("garden")

        @server.tool(annotations=ToolAnnotations(readOnlyHint=True))
        def get_weather(city: str) -> str:
            """Tells the weather."""
            return f"It rains in {city}."

        @server.tool()
        def water_plants(litres: int) -> str:
            """Waters the plants."""
            self.watered.append(litres)
            return "watered"

        @server.tool()
        def wipe_disk() -> str:
            """Not for the chat."""
            raise AssertionError

        app = server.streamable_http_app()

        async def recording(scope, receive, send):
            if scope["type"] == "http":
                headers = {name.decode(): value.decode() for name, value in scope["headers"]}
                self.tokens.add(headers.get("authorization"))
                self.sessions.add(headers.get("mcp-session-id"))
            await app(scope, receive, send)

        self.app = recording


@pytest.fixture(scope="module")
def garden():
    garden = GardenServer()
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(garden.app, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    garden.address = "http://127.0.0.1:%d" % listener.getsockname()[1]
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield garden
    server.should_exit = True
    thread.join()


@pytest.fixture
def user(garden, gemini, request):
    tools = {"mcp_server_origin": garden.address, "chat_tools": "get_weather,water_plants"}
    with running(gemini_url=gemini, gemini_api_key="k", gemini_api_version="v1", **tools) as base:
        yield User(base, request.node.name)


def test_tools_of_another_server_follow_the_same_rules(user, garden, gemini):
    ensure_ok(requests.delete(f"{gemini}/__admin/requests"))
    reply = ensure_ok(user.send_message("weather")).json()
    weather, water, wipe = reply["tool_calls"]
    assert (weather["status"], weather["result"]) == ("done", {"result": "It rains in Lima."})
    assert (water["status"], garden.watered) == ("confirmation_required", []), "the tool is not declared as read-only"
    assert wipe["error"] == "There is no such tool. There are: get_weather, water_plants."
    for entry in ensure_ok(requests.get(f"{gemini}/__admin/requests")).json()["requests"]:
        declared = json.loads(entry["request"]["body"])["tools"][0]["functionDeclarations"]
        assert [tool["name"] for tool in declared] == ["get_weather", "water_plants"]
    action = user.http.post(f"{user.base}/api/{user.id}/chat/actions/{water['action_id']}", json={"approve": True})
    assert ensure_ok(action).json()["tool_calls"][0]["result"] == {"result": "watered"}
    assert garden.watered == [2]
    assert garden.tokens == {user.http.headers["authorization"]} and len(garden.sessions - {None}) == 1, "one session"
