"""What the pods of `helm test` run, run here against the app itself, all its parts in one process."""

import os
import subprocess
import sys

import pytest
import yaml

BASE = os.environ["BASE_URL"]


def script(name):
    """The script of a test pod, out of the rendered chart, and its environment pointed at the running app."""
    sys.path.insert(0, "tests/deploy/chart")
    from conftest import CHART, render

    pods = {o["metadata"]["name"]: o for o in render("--values", str(CHART / "tests/values/secrets.yaml")) if o["kind"] == "Pod"}
    container = pods[f"todo-chatbot-test-{name}"]["spec"]["containers"][0]
    assert container["command"] == ["sh", "-euc"]
    names = {variable["name"] for variable in container["env"]}
    assert names == {"PARTS", "ORIGIN", "AUTH", "TASKS", "MCP"}
    return container["args"][0], dict.fromkeys(names, BASE)


def run(name, **environment):
    text, env = script(name)
    return subprocess.run(["sh", "-euc", text], env=os.environ | env | environment, capture_output=True, text=True, check=False)


def test_health_passes_on_a_healthy_app():
    done = run("health")
    assert done.returncode == 0, done.stderr
    assert "healthy and ready" in done.stdout


def test_the_journey_signs_up_keeps_a_task_and_finds_it_by_mcp():
    done = run("journey")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[:3] == ["Signed up.", "Kept a task.", "Found it by MCP."]


@pytest.mark.parametrize(("name", "variable"), [("journey", "AUTH"), ("journey", "TASKS"), ("journey", "MCP")])
def test_a_part_that_does_not_answer_fails_it(name, variable):
    done = run(name, **{variable: "http://127.0.0.1:9"})
    assert done.returncode != 0


def test_health_fails_where_a_part_is_not_ready(tmp_path):
    curl = tmp_path / "curl"
    curl.write_text('#!/bin/sh\ncase $* in */ready) exit 22 ;; esac\nexec /usr/bin/curl "$@"\n')
    curl.chmod(0o755)
    assert run("health", PATH=f"{tmp_path}:{os.environ['PATH']}").returncode != 0


def test_the_scripts_are_posix():
    for name in ("health", "journey"):
        text, _ = script(name)
        done = subprocess.run(["shellcheck", "--shell=sh", "--exclude=SC2154", "-"], input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        assert yaml.safe_load(yaml.safe_dump(text)) == text
