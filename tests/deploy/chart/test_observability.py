"""The collector's example, the alert rules and the dashboard: of the right form, and speaking of the same metrics."""

import json
import pathlib
import re
import shutil
import subprocess

import jsonschema
import pytest
import yaml
from conftest import ROOT, load_all, one

FOLDER = ROOT / "observability"
DASHBOARD = json.loads((FOLDER / "grafana-dashboard.json").read_text())
VARIABLES = {"$__rate_interval": "5m", "$readprice": "0.3", "$writtenprice": "2.5", "$namespace": "todo", "$part": "todo-chatbot-backend"}


def promtool(*arguments):
    if not shutil.which("promtool"):
        pytest.fail("promtool is missing: apt-get install prometheus")
    return subprocess.run(["promtool", *arguments], cwd=FOLDER, capture_output=True, text=True, check=False)


def test_the_rules_are_valid_and_fire_when_they_should():
    for arguments in (["check", "rules", "prometheus-rules.yaml"], ["test", "rules", "prometheus-rules-test.yaml"]):
        done = promtool(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_is_tested_and_says_what_to_do():
    alerts = [r for g in yaml.safe_load((FOLDER / "prometheus-rules.yaml").read_text())["groups"] for r in g["rules"] if "alert" in r]
    tested = (FOLDER / "prometheus-rules-test.yaml").read_text()
    for alert in alerts:
        assert alert["alert"] in tested
        assert alert["labels"]["severity"] in ("critical", "warning")
        assert set(alert["annotations"]) == {"summary", "description", "runbook"}
        document, anchor = alert["annotations"]["runbook"].split("#")
        assert f'<a id="{anchor}"></a>' in (ROOT / document).read_text(), anchor


def test_the_dashboard_opens_with_the_golden_signals_and_then_what_people_do():
    first, second = ([p["title"] for p in DASHBOARD["panels"] if p["gridPos"]["y"] == y] for y in (0, 8))
    assert [title.split()[0].rstrip(":") for title in first] == ["Requests", "Responses", "Duration", "Saturation"]
    assert [title.split()[0] for title in second] == ["Sign-ins", "Chat:", "Chat:", "Chat:"]
    by_part = [t["expr"] for p in DASHBOARD["panels"] if p["gridPos"]["y"] == 0 for t in p["targets"]]
    assert all("service_name" in e or "container" in e for e in by_part)


def test_the_dashboard_fits_the_schema_and_its_queries_are_promql(tmp_path):
    jsonschema.validate(DASHBOARD, json.loads((pathlib.Path(__file__).parent / "dashboard.schema.json").read_text()))
    assert len({p["id"] for p in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    rules = []
    for number, target in enumerate(t for p in DASHBOARD["panels"] for t in p["targets"]):
        expression = target["expr"]
        for name, value in VARIABLES.items():
            expression = expression.replace(name, value)
        assert "$" not in expression
        rules.append({"record": f"r:{number}", "expr": expression})
    file = tmp_path / "rules.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    done = promtool("check", "rules", str(file))
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_panel_lies_on_another():
    taken = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24 and not cells & taken, panel["title"]
        taken |= cells


@pytest.fixture
def collector():
    objects = load_all((FOLDER / "otel-collector.yaml").read_text())
    return objects, yaml.safe_load(one(objects, "ConfigMap")["data"]["config.yaml"])


def test_the_collector_s_pipelines_name_what_is_configured(collector):
    _, config = collector
    known = {**config["connectors"]}
    for pipeline in config["service"]["pipelines"].values():
        assert set(pipeline["receivers"]) <= {*config["receivers"], *known}
        assert set(pipeline["processors"]) <= set(config["processors"])
        assert set(pipeline["exporters"]) <= {*config["exporters"], *known}
    used = {name for pipeline in config["service"]["pipelines"].values() for part in pipeline.values() for name in part}
    assert {*config["receivers"], *config["processors"], *config["exporters"], *known} <= used
    assert set(config["service"]["extensions"]) == set(config["extensions"])


def test_the_collector_makes_the_metrics_that_rules_and_dashboard_read(collector):
    _, config = collector
    spans = config["connectors"]["spanmetrics"]
    prefix = spans["namespace"].replace(".", "_")
    unit = {"s": "seconds"}[spans["histogram"]["unit"]]
    made = {f"{prefix}_calls_total", f"{prefix}_duration_{unit}_bucket", "spin_request_count_total"}
    text = (FOLDER / "prometheus-rules.yaml").read_text() + (FOLDER / "grafana-dashboard.json").read_text()
    assert set(re.findall(r"\b(?:traces|spin)_\w+(?:_total|_bucket)", text)) == made
    of_lines = {**config["connectors"]["count"]["logs"], **config["connectors"]["sum"]["logs"]}
    assert set(re.findall(r"\btodo_(?:chat|auth|reminders)_\w+_total", text)) <= {f"{name.replace('.', '_')}_total" for name in of_lines}
    assert "http.response.status_code" in {d["name"] for d in spans["dimensions"]}


def test_what_is_counted_of_the_log_lines_is_in_them(collector):
    _, config = collector
    sources = [ROOT / "components/chat/src/turn/run.rs", ROOT / "components/clock/src/tick.rs", *(ROOT / "crates/assistant/src" / name for name in ("agent/calls.rs", "gemini/model.rs"))]
    text = "\n".join(source.read_text() for source in sources)
    # The line of a request is a struct, so its members are names of fields.
    access = (ROOT / "crates/http-api/src/access.rs").read_text()
    text += 'event": "request"'.join(('"', "\n")) * ('event: "request"' in access) + "\n".join(f'"{name}"' for name in re.findall(r"^    (\w+): ", access, re.MULTILINE))
    for metric in [*config["connectors"]["count"]["logs"].values(), *config["connectors"]["sum"]["logs"].values()]:
        [event] = re.findall(r'attributes\["event"\] == "(\w+)"', metric["conditions"][0])
        assert all(f'"{name}"' in text for name in re.findall(r'attributes\["(\w+)"\]', metric["conditions"][0]))
        assert f'"event": "{event}"' in text
        for member in [a["key"] for a in metric.get("attributes", [])] + [m for m in [metric.get("source_attribute")] if m]:
            assert f'"{member}"' in text, member


def test_the_collector_names_services_by_their_spinapp_and_keeps_statements_and_queries_to_itself(collector):
    objects, config = collector
    label = config["processors"]["k8sattributes"]["extract"]["labels"][0]
    assert label["key"] == "core.spinkube.dev/app-name"
    assert any("service.name" in s and label["tag_name"] in s for s in config["processors"]["transform"]["trace_statements"][0]["statements"])
    deleted = {action["key"] for action in config["processors"]["attributes/private"]["actions"] if action["action"] == "delete"}
    assert deleted == {"db.statement", "url.query"} and "attributes/private" in config["service"]["pipelines"]["traces"]["processors"]
    ports = {p["port"] for p in one(objects, "Service")["spec"]["ports"]}
    assert ports == {4318, 8889}
    container = one(objects, "Deployment")["spec"]["template"]["spec"]["containers"][0]
    assert re.search(r":\d+\.\d+\.\d+$", container["image"]) and container["securityContext"]["readOnlyRootFilesystem"]
