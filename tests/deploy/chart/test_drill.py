"""`scripts/drill.py` against a stand-in app that fails a given number of requests, and a stand-in kubectl that records each call."""

import http.server
import json
import os
import subprocess
import threading
import urllib.parse

import pytest
from conftest import ROOT

KUBECTL = """#!/bin/sh
echo "$*" >>"$WORK/calls"
case "$*" in
  *'get pods'*component=mcp*) ;;
  *'get pods'*) echo pod/one; echo pod/two ;;
  *'get deployments'*) echo deployment.apps/todo-chatbot-backend ;;
  *generation*) grep -c " patch " "$WORK/calls" || : ;;
  *replicas}*) echo 2 ;;
  *'get statefulset'*) echo "${DATABASE-statefulset.apps/todo-chatbot-postgresql}" ;;
  *'get secret'*) echo '{"data":{"BETTER_AUTH_SECRET":"b2xk"}}' ;;
  *'get spinapp'*json) echo '{"spec":{"variables":[{"name":"host","value":"x"}]}}' ;;
  *patch-file*) cat >"$WORK/patch" ;;
esac
"""


class App(http.server.ThreadingHTTPServer):
    """Sign-up, token, page and tasks. `POST /break?fail=N&forget=M` makes the next N requests fail and the last M tasks vanish."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock, self.tasks, self.last, self.failing, self.failed = threading.Lock(), [], 0, 0, 0
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def respond(self, status, value, **headers):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        for name, header in headers.items():
            self.send_header(name.replace("_", "-"), header)
        self.end_headers()
        self.wfile.write(text)

    def serve(self):
        app, parts = self.server, urllib.parse.urlsplit(self.path)
        self.rfile.read(int(self.headers.get("content-length") or 0))
        query = dict(urllib.parse.parse_qsl(parts.query))
        with app.lock:
            if parts.path == "/break":
                app.failing = int(query["fail"])
                app.tasks = app.tasks[: len(app.tasks) - int(query["forget"])]
                return self.respond(200, None)
            if parts.path.startswith("/api/auth"):
                return self.respond(200, {"user": {"id": "u1"}, "token": "t"}, Set_Cookie="session=s; Path=/; HttpOnly")
            if app.failing:
                app.failing -= 1
                app.failed += 1
                return self.respond(503, {})
            if parts.path == "/":
                return self.respond(200, {})
            assert parts.path == "/api/u1/tasks" and self.headers["authorization"] == "Bearer t", self.path
            if self.command == "POST":
                app.last += 1
                app.tasks.append(app.last)
                return self.respond(201, {"id": app.last})
            after = int(query.get("after", 0))
            page = [{"id": n} for n in app.tasks if n > after][:7]
            more = {"Link": f'<{app.url}/api/u1/tasks?limit=100&after={page[-1]["id"]}>; rel="next"'} if page and page[-1]["id"] != app.tasks[-1] else {}
            return self.respond(200, page, **more)

    do_GET = do_POST = serve


@pytest.fixture
def app():
    server = App()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def drill(tmp_path, app, *arguments, **environment):
    """Runs the script; (exit code, its output, kubectl's calls)."""
    (tmp_path / "bin").mkdir(exist_ok=True)
    (tmp_path / "bin/kubectl").write_text(KUBECTL)
    (tmp_path / "bin/kubectl").chmod(0o755)
    command = [ROOT / "scripts/drill.py", "--url", app.url, "--rate", "200", "--quiet", "0.5", "--patience", "20", "--away", "0.2", *arguments]
    env = os.environ | {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "WORK": str(tmp_path)} | environment
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
    calls = tmp_path / "calls"
    return done.returncode, done.stdout + done.stderr, calls.read_text() if calls.exists() else ""


def broken(app, fail, forget=0):
    """A command that breaks the app."""
    return f"curl -sS -o /dev/null -X POST '{app.url}/break?fail={fail}&forget={forget}'"


def row(output):
    """The cells of the only row."""
    rows = [line for line in output.splitlines() if line.startswith("| ") and not line.startswith("| drill")]
    assert len(rows) == 1, output
    return [cell.strip() for cell in rows[0].strip("|").split("|")]


def test_every_failed_request_is_counted_by_its_status(tmp_path, app):
    code, output, _ = drill(tmp_path, app, "--run", f"outage={broken(app, 200)}")
    cells = row(output)
    assert code == 0, output
    assert cells[0] == "outage" and cells[3] == "200 (200 × 503)" and app.failed == 200
    assert float(cells[4]) >= 0.5 and cells[5] == "0", "200 requests take a second at 200 a second"


def test_an_acknowledged_task_that_is_gone_is_an_error(tmp_path, app):
    code, output, _ = drill(tmp_path, app, "--run", f"loss=sleep 0.5; {broken(app, 0, 1)}")
    assert code == 1 and row(output)[5] == "1" and "acknowledged and lost: [" in output


def test_an_app_that_does_not_recover_is_an_error(tmp_path, app):
    code, output, _ = drill(tmp_path, app, "--patience", "1", "--run", f"end={broken(app, 10**9)}")
    assert code == 1 and row(output)[4] == "never"


def test_pods_deletes_one_pod_of_each_part_that_has_one(tmp_path, app):
    code, output, calls = drill(tmp_path, app, "pods")
    assert code == 0, output
    deleted = [line for line in calls.splitlines() if " delete " in line]
    assert deleted == ["--namespace todo delete pod/one --wait=false"] * 2


def test_scale_waits_for_the_operator_and_goes_back(tmp_path, app):
    code, output, calls = drill(tmp_path, app, "--context", "minikube", "scale")
    assert code == 0, output
    patches = [line.split("--patch ")[1] for line in calls.splitlines() if " patch " in line]
    assert patches == ['{"spec": {"replicas": 4}}', '{"spec": {"replicas": 2}}']
    assert calls.startswith("--context minikube --namespace todo ")


def test_a_new_secret_stands_before_the_old_one_and_is_no_argument(tmp_path, app):
    code, output, calls = drill(tmp_path, app, "secret")
    assert code == 0, output
    entries = json.loads((tmp_path / "patch").read_text())["stringData"]["BETTER_AUTH_SECRETS"].split(",")
    assert [entry.split(":")[0] for entry in entries] == ["2", "1"] and entries[1] == "1:old" and len(entries[0]) >= 34
    assert entries[0][2:] not in calls + output and "rollout restart deployment" in calls


def test_a_database_that_is_not_the_charts_own_is_left_alone(tmp_path, app):
    code, output, calls = drill(tmp_path, app, "database", DATABASE="")
    assert code == 1 and "the database is not the chart's own" in output and "scale" not in calls


def test_a_dry_run_prints_the_commands_and_changes_nothing(tmp_path, app):
    code, output, calls = drill(tmp_path, app, "--dry-run", "all")
    assert code == 0, output
    for words in ("delete pods --selector", "rollout restart", "scale statefulset/todo-chatbot-postgresql --replicas 0", "patch-file"):
        assert words in output
    assert all(word not in calls for word in (" delete ", " patch ", " scale ", " restart "))
    assert app.last == 0


def test_an_unknown_drill_is_refused_with_the_names(tmp_path, app):
    code, output, _ = drill(tmp_path, app, "earthquake")
    assert code == 2 and "pods, all-pods, rollout, scale, database, secret, keys" in output
