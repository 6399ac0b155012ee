"""`make push` against a stand-in for spin, which records its call."""

import os
import shutil
import subprocess

import pytest
from conftest import ROOT


@pytest.fixture
def push(tmp_path):
    """Runs the command; (exit code, what it printed, the call of spin)."""
    spin = tmp_path / "bin/spin"
    spin.parent.mkdir()
    spin.write_text('#!/bin/sh\necho "spin $*" >"$CALL"\nexit "${CODE:-0}"\n')
    spin.chmod(0o755)

    def run(**environment):
        call = tmp_path / "call"
        call.unlink(missing_ok=True)
        env = os.environ | {"PATH": f"{spin.parent}:{os.environ['PATH']}", "CALL": str(call), "BUILT": "yes"} | environment
        done = subprocess.run(["scripts/push.sh"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr, call.read_text() if call.exists() else None

    return run


@pytest.mark.parametrize(
    ("environment", "arguments"),
    [
        ({"IMAGE": "registry.example.com/todo-chatbot"}, "registry.example.com/todo-chatbot:0.2.0"),
        ({"IMAGE": "registry.example.com:5000/todo-chatbot:1.2"}, "registry.example.com:5000/todo-chatbot:1.2"),
        ({"IMAGE": "localhost:5000/todo-chatbot", "INSECURE": "yes"}, "--insecure localhost:5000/todo-chatbot:0.2.0"),
    ],
)
def test_the_app_is_pushed_under_a_version(push, environment, arguments):
    code, output, call = push(**environment)
    assert (code, call) == (0, f"spin registry push {arguments}\n"), output
    image, tag = arguments.split()[-1].rsplit(":", 1)
    assert f"image.repository={image} and image.tag={tag}" in output


@pytest.mark.parametrize(("image", "says"), [("", "say where to"), ("todo-chatbot", "say where to"), ("r.example/todo-chatbot:latest", "name a version")])
def test_what_the_chart_would_refuse_is_not_pushed(push, image, says):
    code, output, call = push(IMAGE=image)
    assert code == 1 and says in output and call is None


def test_a_refused_push_says_how_to_sign_in(push):
    code, output, _ = push(IMAGE="r.example/todo-chatbot", CODE="1")
    assert code == 1 and "spin registry login r.example" in output and "Pushed" not in output


def test_a_missing_spin_is_named(push, tmp_path):
    for name in ("bash", "dirname", "sed", "head", "uname", "env"):
        (tmp_path / name).symlink_to(shutil.which(name))
    code, output, _ = push(IMAGE="r.example/todo-chatbot", PATH=str(tmp_path))
    assert code == 1 and "spin is missing" in output
