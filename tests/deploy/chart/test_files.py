"""Manifests and configuration beside the chart: kustomize renders them, and schemas know them."""

import re
import shutil
import subprocess

import pytest
import schemas
import yaml
from conftest import ROOT, TOOLS, load_all, one, render

AI = ROOT / "ai-operations"
CLIENTS = ROOT / "clients"


@pytest.mark.parametrize("files", ["runtime-class/*.yaml", "runtime-class/executor/*.yaml", "observability/otel-collector.yaml"])
def test_the_manifests_fit_their_schemas(files, tmp_path):
    schemas.write(tmp_path)
    objects = [o for file in ROOT.glob(files) for o in load_all(file.read_text()) if o["kind"] != "Kustomization"]
    location = f"{tmp_path}/{{{{.ResourceKind}}}}-{{{{.Group}}}}-{{{{.ResourceAPIVersion}}}}.json"
    command = [TOOLS / "kubeconform", "-strict", "-summary", "-schema-location", location]
    done = subprocess.run(command, input=yaml.safe_dump_all(objects), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Valid: {len(objects)}" in done.stdout and objects


@pytest.mark.parametrize(("folder", "kind"), [("runtime-class", "RuntimeClass"), ("runtime-class/executor", "SpinAppExecutor")])
def test_the_kustomizations_name_every_manifest_beside_them(folder, kind):
    content = yaml.safe_load((ROOT / folder / "kustomization.yaml").read_text())
    others = {file.name for file in (ROOT / folder).glob("*.yaml")} - {"kustomization.yaml"}
    assert set(content["resources"]) == others
    assert [load_all((ROOT / folder / name).read_text())[0]["kind"] for name in others] == [kind]
    if shutil.which("kubectl"):
        done = subprocess.run(["kubectl", "kustomize", ROOT / folder], capture_output=True, text=True, check=False)
        assert done.returncode == 0 and f"kind: {kind}" in done.stdout, done.stderr


def test_chart_and_runtime_class_speak_of_the_same_names():
    runtime = load_all((ROOT / "runtime-class/runtimeclass.yaml").read_text())[0]
    by_hand = load_all((ROOT / "runtime-class/executor/spinappexecutor.yaml").read_text())[0]
    of_chart = one(render("--values", str(ROOT / "charts/todo-chatbot/tests/values/secrets.yaml")), "SpinAppExecutor")
    assert by_hand["metadata"]["name"] == of_chart["metadata"]["name"]
    assert by_hand["spec"] == of_chart["spec"]
    assert of_chart["spec"]["deploymentConfig"]["runtimeClassName"] == runtime["metadata"]["name"]
    made = one(render("--values", str(ROOT / "charts/todo-chatbot/ci/hardened-values.yaml")), "RuntimeClass")
    assert (made["metadata"]["name"], made["handler"]) == (runtime["metadata"]["name"], runtime["handler"])


def test_the_agents_tools_are_the_app_s_and_writing_ones_need_a_person():
    named = set(re.findall(r': &str = "([a-z]+_tasks?)"', (ROOT / "crates/task/src/tool/tool_name.rs").read_text()))
    values = ["--values", str(ROOT / "charts/todo-chatbot/ci/hardened-values.yaml")]
    template = one(render(*values), "AgentTemplate", "todo-chatbot-tasks")
    bindings = [tool["mcp"] for tool in template["spec"]["tools"]]
    assert {tool for binding in bindings for tool in binding["tools"]} == named
    assert [(b["tools"], b.get("requireApproval", False)) for b in bindings if b["tools"] == ["get_task", "list_tasks"]] == [(["get_task", "list_tasks"], False)]
    assert all(b["requireApproval"] for b in bindings if b["tools"] != ["get_task", "list_tasks"])
    old = one(render(*values, apis=["admissionregistration.k8s.io/v1/MutatingAdmissionPolicy", "kagent.dev/v1alpha2"]), "Agent", "todo-chatbot-tasks")
    servers = [tool["mcpServer"] for tool in old["spec"]["declarative"]["tools"]]
    assert [s.get("requireApproval", []) for s in servers] == [[], servers[1]["toolNames"]]
    assert {tool for s in servers for tool in s["toolNames"]} == named


def test_the_sre_agent_reads_only():
    template = one(render("--values", str(ROOT / "charts/todo-chatbot/ci/hardened-values.yaml")), "AgentTemplate", "todo-chatbot-sre")
    tools = [tool for binding in template["spec"]["tools"] for tool in binding["mcp"]["tools"]]
    assert tools and all(re.match(r"k8s_(get|describe)_", tool) for tool in tools)
    assert "137" in template["spec"]["systemPrompt"]


def test_kubectl_ai_s_files_use_the_keys_that_its_parser_reads():
    config = yaml.safe_load((AI / "kubectl-ai/config.yaml").read_text())
    assert config["skipPermissions"] is False and config["mcpClient"] is True
    assert not [key for key in config if "_" in key]
    servers = yaml.safe_load((CLIENTS / "kubectl-ai.yaml").read_text())["servers"]
    assert isinstance(servers, list) and servers[0]["url"].endswith("/mcp") and servers[0]["auth"] == {"type": "bearer"}


def test_docker_s_files_have_their_form_and_no_token():
    gordon = yaml.safe_load((CLIENTS / "docker/gordon-mcp.yml").read_text())
    assert all("image" in service and not service["image"].endswith(":latest") for service in gordon["services"].values())
    server = yaml.safe_load((CLIENTS / "docker/todo.yaml").read_text())
    assert server["type"] == "remote" and server["remote"]["transport_type"] == "streamable-http"
    assert server["remote"]["headers"]["Authorization"] == "Bearer ${TODO_MCP_TOKEN}"
