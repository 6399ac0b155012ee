"""Every scenario of ci/, on Helm 3 and 4: accepted by lint and by the schemas, without a secret where none belongs."""

import base64
import re
import subprocess

import pytest
import schemas
import yaml
from conftest import CHART, EVERY_API, KUBERNETES, TOOLS, helm_text, load_all, render, scenario


@pytest.fixture(scope="session")
def schema_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("schemas")
    schemas.write(folder)
    return folder


def kubeconform(folder, text):
    command = [TOOLS / "kubeconform", "-strict", "-summary", "-skip", "ExternalSecret"]
    location = f"{folder}/{{{{.ResourceKind}}}}-{{{{.Group}}}}-{{{{.ResourceAPIVersion}}}}.json"
    return subprocess.run([*command, "-schema-location", location], input=text, capture_output=True, text=True, check=False)


def test_lint_strict(helm, values_file):
    command = [TOOLS / helm, "lint", "--strict", "--kube-version", KUBERNETES, "--namespace", "todo", "--values", values_file, CHART]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_key_stands_twice_and_every_object_fits_its_schema(helm, values_file, schema_folder):
    objects = scenario(values_file, helm=helm)  # the loader refuses a key twice
    done = kubeconform(schema_folder, yaml.safe_dump_all(objects))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Summary: {len(objects)} resources found" in done.stdout


@pytest.mark.parametrize("api", ["kagent.dev/v1alpha2", "api.kagent.dev/v1alpha3"])
def test_agents_of_either_kagent_fit_its_schema(api, schema_folder):
    objects = scenario(CHART / "ci/hardened-values.yaml", apis=[EVERY_API[0], api])
    agents = [o for o in objects if o["apiVersion"] == api]
    assert {o["kind"] for o in agents} >= {"ModelConfig", "RemoteMCPServer", "Agent"}
    done = kubeconform(schema_folder, yaml.safe_dump_all(agents))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("httpHeaders", lambda app: app["spec"]["checks"]["liveness"]["httpGet"].pop("httpHeaders")),
        ("replica", lambda app: app["spec"].update(replica=2)),
        ("image", lambda app: app["spec"].pop("image")),
    ],
)
def test_the_schema_would_see_a_mistake(what, change, schema_folder):
    app = next(o for o in scenario(CHART / "ci/minikube-values.yaml") if o["kind"] == "SpinApp")
    change(app)
    done = kubeconform(schema_folder, yaml.safe_dump(app))
    assert done.returncode == 1 and what in done.stdout


def test_both_helms_make_the_same(values_file):
    def key(o):
        return (o["kind"], o["metadata"].get("namespace", ""), o["metadata"]["name"])

    assert sorted(scenario(values_file, helm="helm3"), key=key) == sorted(scenario(values_file, helm="helm4"), key=key)


def test_no_secret_stands_outside_a_secret(values_file):
    given = set(re.findall(r"ci-only-[0-9a-z-]+", values_file.read_text()))
    encoded = {base64.b64encode(secret.encode()).decode() for secret in given}
    objects = scenario(values_file)
    outside = yaml.safe_dump_all([o for o in objects if o["kind"] != "Secret"])
    assert not [secret for secret in given | encoded if secret in outside]
    inside = yaml.safe_dump_all([o for o in objects if o["kind"] == "Secret"])
    assert all(secret in inside for secret in given)


def test_names_are_unique_and_every_object_but_the_cluster_s_has_a_namespace(values_file):
    objects = scenario(values_file)
    keys = [(o["kind"], o["metadata"].get("namespace"), o["metadata"]["name"]) for o in objects]
    assert len(keys) == len(set(keys))
    cluster = {"RuntimeClass", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"}
    assert {o["kind"] for o in objects if not o["metadata"].get("namespace")} <= cluster


def test_pods_of_the_chart_s_own_pass_the_restricted_standard(values_file):
    pods = [o["spec"] for o in scenario(values_file) if o["kind"] == "Pod"]
    pods += [o["spec"]["template"]["spec"] for o in scenario(values_file) if o["kind"] == "StatefulSet"]
    pods += [o["spec"]["jobTemplate"]["spec"]["template"]["spec"] for o in scenario(values_file) if o["kind"] == "CronJob"]
    assert pods
    for pod in pods:
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
        for container in pod["containers"]:
            assert container["securityContext"]["allowPrivilegeEscalation"] is False
            assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
            assert not container["image"].endswith(":latest") and ":" in container["image"]


def test_every_backend_of_a_route_is_a_service_that_exists(values_file):
    objects = scenario(values_file)
    services = {(o["metadata"]["name"], p["port"]) for o in objects if o["kind"] == "Service" for p in o["spec"]["ports"]}
    services |= {(o["metadata"]["name"], 80) for o in objects if o["kind"] == "SpinApp"}
    used = set()
    for o in objects:
        if o["kind"] == "Ingress":
            paths = [path for rule in o["spec"]["rules"] for path in rule["http"]["paths"]]
            assert all(path["pathType"] == "Prefix" for path in paths)
            used |= {(p["backend"]["service"]["name"], p["backend"]["service"]["port"]["number"]) for p in paths}
            assert not any("rewrite" in key or "regex" in key for key in o["metadata"].get("annotations", {}))
        if o["kind"] == "HTTPRoute":
            refs = [ref for rule in o["spec"]["rules"] for ref in rule["backendRefs"]]
            used |= {(ref["name"], ref["port"]) for ref in refs if "namespace" not in ref}
            assert all((ref["namespace"], ref["name"]) in granted(objects) for ref in refs if "namespace" in ref)
    assert used and used <= services


def granted(objects):
    """What other namespaces let our routes reach."""
    grants = [o for o in objects if o["kind"] == "ReferenceGrant" and o["spec"]["from"][0]["namespace"] == "todo"]
    return {(o["metadata"]["namespace"], to["name"]) for o in grants for to in o["spec"]["to"]}


def test_what_the_runtime_tells_of_the_app_is_closed_outside(values_file):
    for o in scenario(values_file):
        if o["kind"] == "Ingress":
            for rule in o["spec"]["rules"]:
                closed = {p["path"] for p in rule["http"]["paths"] if p["backend"]["service"]["name"].endswith("-closed")}
                assert closed == {"/.well-known/spin", "/internal"}
        if o["kind"] == "Service" and o["metadata"]["name"].endswith("-closed"):
            assert "selector" not in o["spec"]


def test_scalers_and_budgets_name_the_deployment_of_their_spinapp(values_file):
    objects = scenario(values_file)
    apps = {o["metadata"]["name"]: o["spec"] for o in objects if o["kind"] == "SpinApp"}
    for o in objects:
        if o["kind"] == "HorizontalPodAutoscaler":
            assert o["spec"]["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "Deployment", "name": o["metadata"]["name"]}
            assert apps[o["metadata"]["name"]]["enableAutoscaling"] is True
        if o["kind"] == "PodDisruptionBudget":
            assert o["spec"]["selector"]["matchLabels"] == {"core.spinkube.dev/app-name": o["metadata"]["name"]}
            assert o["metadata"]["name"] in apps


def test_nothing_optional_is_there_by_default():
    objects = render("--values", str(CHART / "tests/values/secrets.yaml"))
    assert sorted({o["kind"] for o in objects}) == ["Ingress", "Pod", "Secret", "Service", "ServiceAccount", "SpinApp", "SpinAppExecutor"]
    assert [o["metadata"]["name"] for o in objects if o["kind"] == "Service"] == ["todo-chatbot-closed"]


def test_kagent_enabled_without_kagent_makes_nothing():
    objects = scenario(CHART / "ci/hardened-values.yaml", apis=EVERY_API[:1])
    assert not [o for o in objects if "kagent" in o["apiVersion"]]


def test_the_text_is_yaml_of_nothing_else(helm, values_file):
    text = helm_text(helm, "--values", str(values_file), "--api-versions", EVERY_API[0])
    assert "<no value>" not in text and "%!" not in text and "map[" not in text
    assert load_all(text)
