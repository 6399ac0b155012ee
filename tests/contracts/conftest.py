"""Starts the built app and the stand-in for Gemini, and signs users up."""

import contextlib
import pathlib
import socket
import subprocess
import time

import pytest
import requests

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PASSWORD = "correct horse battery"


@contextlib.contextmanager
def running(**variables):
    """Runs an app with these variables on a database of its own and yields its address."""
    settings = [f"{name}={value}" for name, value in variables.items()]
    command = [ROOT / "target/debug/with-app", *settings, "--", "sh", "-c", 'echo "$BASE_URL"; exec cat']
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as app:
        address = app.stdout.readline().strip()
        assert address, "the app does not start"
        try:
            yield address
        finally:
            app.stdin.close()


class User:
    """A user who has signed up, and the requests of that user."""

    def __init__(self, base, name):
        account = {"name": name, "email": f"{name}@example.com", "password": PASSWORD}
        browser = requests.Session()
        signed_up = browser.post(f"{base}/api/auth/sign-up/email", json=account, headers={"origin": base})
        self.base, self.id = base, ensure_ok(signed_up).json()["user"]["id"]
        token = ensure_ok(browser.get(f"{base}/api/auth/token")).json()["token"]
        self.http = requests.Session()
        self.http.headers["authorization"] = f"Bearer {token}"

    def get(self, path):
        """Returns the JSON at a path below the user's own."""
        return ensure_ok(self.http.get(f"{self.base}/api/{self.id}/{path}")).json()

    def send_message(self, message, headers=None, **more):
        return self.http.post(f"{self.base}/api/{self.id}/chat", json={"message": message, **more}, headers=headers)

    def titles(self):
        return [task["title"] for task in self.get("tasks")]


def ensure_ok(response):
    assert response.ok, response.text
    return response


@pytest.fixture(scope="module")
def offline():
    """An app with the offline assistant."""
    with running(chat_rate_limit="0/300") as base:
        yield base


@contextlib.contextmanager
def wiremock():
    """Runs a WireMock with our mappings and yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    [program] = (ROOT / "tests/node_modules/wiremock/build").glob("*.jar")
    options = ["--port", str(port), "--bind-address", "127.0.0.1", "--root-dir", HERE / "gemini/wiremock", "--disable-banner"]
    with subprocess.Popen(["java", "-jar", program, *options], stdout=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            until = time.monotonic() + 60
            while True:
                with contextlib.suppress(requests.ConnectionError):
                    ensure_ok(requests.get(f"{address}/__admin/health"))
                    break
                assert process.poll() is None and time.monotonic() < until, "WireMock does not start"
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def gemini():
    with wiremock() as address:
        yield address


def events(response):
    """Returns the data of each event of a stream, as text."""
    assert response.headers["content-type"] == "text/event-stream"
    frames = [frame for frame in response.content.decode().split("\n\n") if frame and not frame.startswith(":")]
    assert all(frame.startswith("data: ") and "\n" not in frame for frame in frames)
    return [frame.removeprefix("data: ") for frame in frames]
