"""kube-score on everything that runs: the chart's objects, and the Deployments and Services that the operator makes of its SpinApps.
Every finding is fixed or has its reason here."""

import json
import os
import re
import subprocess

import pytest
import yaml
from conftest import SCENARIOS, scenario

TESTS = r"Pod/v1/.*-test-(health|journey)"
APPS = r"Deployment/apps/v1/"
POSTGRESQL = r"StatefulSet/.*-postgresql"
# check: (what it may find, why that stays). A reason that no finding needs is an error too.
ACCEPTED = {
    "container-image-pull-policy": (r".*", "a tag names the content of its image, so a kept image is the right one"),
    "container-resources": (r".*: CPU limit is not set$", "a limit on CPU would slow down compiling at the start; memory is limited"),
    "container-ephemeral-storage-request-and-limit": (f"{APPS}|{POSTGRESQL}", "the shim writes a small SQLite file and nothing else, PostgreSQL writes to its volume"),
    "container-security-context-readonlyrootfilesystem": (APPS, "SpinApp has no field for it; hardening.enabled sets it by an admission policy"),
    "container-security-context-user-group-id": (f"{APPS}|{POSTGRESQL}", "as before; PostgreSQL's image has the user 999"),
    "pod-probes": (TESTS, "a pod of `helm test` serves nothing"),
    "pod-networkpolicy": (rf"{TESTS}|minikube.*|external.*", "policies are off in these two scenarios, and a test's pod lives for seconds"),
    "deployment-replicas": (r"(minikube|hardened|external|single).*", "one pod of a part is enough on a laptop"),
    "deployment-has-poddisruptionbudget": (r"single.*", "one pod cannot be spared"),
    "deployment-has-host-podantiaffinity": (APPS, "SpinApp has no field for it; the scheduler spreads pods of one Deployment by default"),
}


def as_the_operator_makes_it(app):
    """The Deployment and the Service of a SpinApp (operator 0.6: internal/controller/deployment.go, service.go)."""
    spec, name = app["spec"], app["metadata"]["name"]
    labels = {"core.spinkube.dev/app-name": name, **app["metadata"]["labels"], **spec.get("podLabels", {})}
    meta = {"name": name, "namespace": app["metadata"]["namespace"], "labels": labels}
    selector = {"core.spinkube.dev/app-name": name}
    probe = {kind: {k: v for k, v in check.items() if v != []} for kind, check in spec["checks"].items()}
    container = {
        "name": name,
        "image": spec["image"],
        "ports": [{"name": "http-app", "containerPort": 80}],
        "env": [{k: v for k, v in variable.items()} | {"name": f"SPIN_VARIABLE_{variable['name'].upper()}"} for variable in spec["variables"]],
        "resources": spec["resources"],
        "volumeMounts": spec.get("volumeMounts", []),
        "securityContext": spec.get("securityContext", {}),
        "livenessProbe": probe["liveness"],
        "readinessProbe": probe["readiness"],
    }
    pod = {"serviceAccountName": spec["serviceAccountName"], "containers": [container], "volumes": spec.get("volumes", [])}
    template = {"metadata": {"labels": labels, "annotations": spec.get("podAnnotations", {})}, "spec": pod}
    deployment = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta, "spec": {"selector": {"matchLabels": selector}, "template": template}}
    if "replicas" in spec:
        deployment["spec"]["replicas"] = spec["replicas"]
    ports = [{"name": "http-app", "port": 80, "targetPort": "http-app"}]
    return [deployment, {"apiVersion": "v1", "kind": "Service", "metadata": meta, "spec": {"selector": selector, "ports": ports}}]


def findings(file):
    """(check, object) of everything that kube-score finds in a scenario."""
    objects = scenario(file)
    objects += [made for app in objects if app["kind"] == "SpinApp" for made in as_the_operator_makes_it(app)]
    command = [os.environ["KUBE_SCORE"], "score", "--output-format", "json", "--kubernetes-version", "v1.37", "-"]
    done = subprocess.run(command, input=yaml.safe_dump_all(objects), capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    for item in json.loads(done.stdout) or []:
        for check in item["checks"]:
            if not check["skipped"] and check["grade"] < 7:
                comments = "; ".join(c["summary"] for c in check["comments"] or [])
                yield check["check"]["id"], f'{item["object_name"]}: {comments}'


def accepted(file, check, what):
    pattern, _ = ACCEPTED.get(check, ("$^", None))
    return re.match(pattern, what) or re.match(pattern, file)


@pytest.fixture(scope="module")
def all_findings():
    return {file.name: list(findings(file)) for file in SCENARIOS}


def test_every_finding_is_fixed_or_has_a_reason(all_findings):
    new = [(file, check, what) for file, found in all_findings.items() for check, what in found if not accepted(file, check, what)]
    assert not new, "\n".join(map(str, new))


def test_every_reason_is_needed(all_findings):
    assert set(ACCEPTED) <= {check for found in all_findings.values() for check, _ in found}
