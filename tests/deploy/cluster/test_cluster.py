"""Every scenario on a real API server: admission, server-side apply, upgrade and rollback, and the traps that only it knows."""

import itertools
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
CHART = ROOT / "charts/todo-chatbot"
EARLIER = ROOT / "tests/deploy/releases/todo-chatbot-0.1.0.tgz"
SCENARIOS = sorted((CHART / "ci").glob("*-values.yaml"))
SPIN = "/apis/core.spinkube.dev/v1alpha1/namespaces"
NUMBERS = itertools.count(1)
SECRETS = ["--set", "secrets.frontend.existingSecret=f,secrets.backend.existingSecret=b"]


@pytest.fixture
def namespace(cluster):
    """A new one, enforcing what a cluster may."""
    name = f"todo-{next(NUMBERS)}"
    labels = {"pod-security.kubernetes.io/enforce": "baseline"}
    cluster.create("/api/v1/namespaces", {"metadata": {"name": name, "labels": labels}})
    return name


def install(cluster, namespace, *values, helm="helm4"):
    arguments = ["upgrade", "--install", "todo-chatbot", str(CHART), "--namespace", namespace, *values]
    return cluster.helm(*arguments, helm=helm)


def apps(cluster, namespace):
    return {o["metadata"]["name"]: o["spec"] for o in cluster.get(f"{SPIN}/{namespace}/spinapps")["items"]}


def own(file):
    """A scenario's values; what belongs to others (an external CRD, kagent's namespace) stays out."""
    return ["--values", str(file), "--set", "extraObjects=null,kagent.namespace=kagent"]


@pytest.fixture(scope="module", autouse=True)
def others(cluster):
    """The namespaces of kagent and of KEDA's HTTP add-on."""
    for name in ("kagent", "keda"):
        cluster.create("/api/v1/namespaces", {"metadata": {"name": name}})


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem.removesuffix("-values"))
@pytest.mark.parametrize("helm", ["helm3", "helm4"])
def test_install_upgrade_rollback_uninstall(cluster, namespace, file, helm):
    code, said = install(cluster, namespace, *own(file), helm=helm)
    assert code == 0, said
    before = apps(cluster, namespace)
    assert before
    code, said = install(cluster, namespace, *own(file), "--set", "variables.gemini_model=another", helm=helm)
    assert code == 0, said
    assert apps(cluster, namespace) != before
    code, said = cluster.helm("--namespace", namespace, "rollback", "todo-chatbot", "1", helm=helm)
    assert code == 0, said
    assert apps(cluster, namespace) == before
    code, said = cluster.helm("--namespace", namespace, "uninstall", "todo-chatbot", helm=helm)
    assert code == 0, said
    assert not apps(cluster, namespace)


def test_installed_by_helm_3_upgraded_by_helm_4(cluster, namespace):
    assert install(cluster, namespace, *SECRETS, helm="helm3")[0] == 0
    code, said = install(cluster, namespace, *SECRETS, "--set", "appDefaults.replicas=2", helm="helm4")
    assert code == 0, said
    assert {app["replicas"] for app in apps(cluster, namespace).values()} == {2}


@pytest.mark.parametrize("helm", ["helm3", "helm4"])
def test_chart_0_1_0_is_upgraded_and_rolled_back_with_the_values_that_were_set(cluster, namespace, helm):
    given = [*SECRETS, "--set", "host=tasks.example.com,appDefaults.replicas=2"]
    code, said = cluster.helm("install", "todo-chatbot", str(EARLIER), "--namespace", namespace, *given, helm=helm)
    assert code == 0, said
    before = apps(cluster, namespace)
    code, said = install(cluster, namespace, "--reset-then-reuse-values", helm=helm)
    assert code == 0, said
    after = apps(cluster, namespace)
    assert after.keys() == before.keys() and after != before
    assert {app["replicas"] for app in after.values()} == {2}
    assert "tasks.example.com" in str(after)
    code, said = cluster.helm("--namespace", namespace, "rollback", "todo-chatbot", "1", helm=helm)
    assert code == 0, said
    assert apps(cluster, namespace) == before


def test_the_executor_is_made_once_survives_and_is_never_deleted(cluster, namespace):
    path = f"{SPIN}/{namespace}/spinappexecutors/containerd-shim-spin"
    assert install(cluster, namespace, *SECRETS)[0] == 0
    first = cluster.get(path)["metadata"]["uid"]
    assert install(cluster, namespace, *SECRETS, "--set", "appDefaults.replicas=2")[0] == 0
    assert cluster.helm("--namespace", namespace, "uninstall", "todo-chatbot")[0] == 0
    assert cluster.get(path)["metadata"]["uid"] == first
    assert install(cluster, namespace, *SECRETS)[0] == 0
    assert cluster.get(path)["metadata"]["uid"] == first


def test_a_second_release_in_the_namespace_leaves_the_executor_alone(cluster, namespace):
    path = f"{SPIN}/{namespace}/spinappexecutors/containerd-shim-spin"
    assert install(cluster, namespace, *SECRETS)[0] == 0
    first = cluster.get(path)["metadata"]["uid"]
    code, said = cluster.helm("--namespace", namespace, "install", "second", str(CHART), *SECRETS, "--set", "host=second.local")
    assert code == 0, said
    assert cluster.get(path)["metadata"]["uid"] == first
    assert len(apps(cluster, namespace)) == 6


def agents(cluster, api, namespace):
    """The names of kagent's agents there, None where the cluster does not know the API."""
    found = cluster.get(f"/apis/{api}/namespaces/{namespace}/agents")
    return found and {o["metadata"]["name"] for o in found["items"]}


def test_agents_are_made_for_the_kagent_that_the_cluster_has_and_else_none(cluster, namespace):
    hardened = own(CHART / "ci/hardened-values.yaml")
    new, old = ("api.kagent.dev/v1alpha3", "kagent"), ("kagent.dev/v1alpha2", namespace)
    ours = {"todo-chatbot-sre", "todo-chatbot-tasks"}
    for gone, wanted in (((), (ours, set())), (["api.kagent.dev"], (None, ours)), (["api.kagent.dev", "kagent.dev"], (None, None))):
        with cluster.without(gone):
            code, said = install(cluster, namespace, *hardened)
            assert code == 0, said
            assert (agents(cluster, *new), agents(cluster, *old)) == wanted
            assert ("kagent.enabled has done nothing" in said) == (wanted == (None, None))
            assert cluster.helm("--namespace", namespace, "uninstall", "todo-chatbot")[0] == 0


def pod(name, **labels):
    """A pod as the operator makes it."""
    container = {"name": name, "image": "todo-chatbot:0.2.0", "command": ["/"], "ports": [{"containerPort": 80}]}
    mounts = [{"name": "spin-state", "mountPath": "/.spin"}, {"name": "spin-cache", "mountPath": "/.cache"}]
    volumes = [{"name": "spin-state", "emptyDir": {}}, {"name": "spin-cache", "emptyDir": {}}]
    spec = {"runtimeClassName": "wasmtime-spin-v2", "containers": [container | {"volumeMounts": mounts}], "volumes": volumes, "securityContext": {}}
    return {"metadata": {"name": name, "labels": labels}, "spec": spec}


def test_hardening_lets_its_pods_alone_pass_the_restricted_standard(cluster, namespace):
    code, said = install(cluster, namespace, *own(CHART / "ci/hardened-values.yaml"))
    assert code == 0, said
    path = f"/api/v1/namespaces/{namespace}/pods?dryRun=All"
    other = pod("other", **{"core.spinkube.dev/app-name": "other"})
    assert cluster.call("POST", path, other)[0] == 201  # the standard `baseline`
    labels = {"pod-security.kubernetes.io/enforce": "restricted"}
    merge = "application/merge-patch+json"
    assert cluster.call("PATCH", f"/api/v1/namespaces/{namespace}", {"metadata": {"labels": labels}}, merge)[0] == 200
    ours = eventually_hardened(cluster, path, pod("todo-chatbot-mcp", **{"core.spinkube.dev/app-name": "todo-chatbot-mcp"}))
    container = ours["spec"]["containers"][0]
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["lifecycle"]["preStop"]["sleep"]["seconds"] == 5
    assert ours["spec"]["securityContext"]["runAsUser"] == 65532
    status, response = cluster.call("POST", path, other)
    assert status == 403 and "restricted" in response["message"]
    assert cluster.helm("--namespace", namespace, "uninstall", "todo-chatbot")[0] == 0


def eventually_hardened(cluster, path, body):
    """The API server takes a moment to know a new policy; then the pod must be accepted."""
    import time

    until = time.monotonic() + 30
    while True:
        status, response = cluster.call("POST", path, body)
        if status == 201 or time.monotonic() > until:
            assert status == 201, response
            return response
        time.sleep(0.2)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"metadata": {"name": "a" * 53}}, "52"),
        ({"spec": {"executor": "e", "image": "i", "replicas": 1, "enableAutoscaling": True}}, "not both"),
        ({"spec": {"executor": "e", "image": "i", "replicas": 1, "checks": {"liveness": {"httpGet": {"path": "/"}}}}}, "httpHeaders"),
    ],
)
def test_our_own_schema_knows_the_operator_s_traps(cluster, namespace, values, says):
    app = {"apiVersion": "core.spinkube.dev/v1alpha1", "kind": "SpinApp", "metadata": {"name": "a"}, "spec": {"executor": "e", "image": "i", "replicas": 1}}
    status, response = cluster.call("POST", f"{SPIN}/{namespace}/spinapps", app | values)
    assert status == 422 and says in response["message"], response
