"""What the tests share: rendering the chart with either Helm, and reading YAML that has each key once."""

import functools
import os
import pathlib
import subprocess

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]
CHART = ROOT / "charts/todo-chatbot"
TOOLS = pathlib.Path(os.environ["CHART_TOOLS"])
SCENARIOS = sorted((CHART / "ci").glob("*-values.yaml"))
KUBERNETES = "1.37.2"
# What a cluster with everything has; `helm template` knows of no cluster.
EVERY_API = ["admissionregistration.k8s.io/v1/MutatingAdmissionPolicy", "api.kagent.dev/v1alpha3"]


class OnceLoader(yaml.SafeLoader):
    """Refuses a mapping with a key twice, as server-side apply does."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"twice: {twice}", node.start_mark)
        return super().construct_mapping(node, deep)


def load_all(text):
    """The objects of a YAML stream, empty ones left out."""
    return [document for document in yaml.load_all(text, OnceLoader) if document]


def helm_template(helm, *arguments):
    """Runs `helm template` for the chart, in namespace todo."""
    command = [TOOLS / helm, "template", "todo-chatbot", CHART, "--namespace", "todo", "--kube-version", KUBERNETES, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@functools.cache
def helm_text(helm, *arguments):
    """What `helm template` prints."""
    done = helm_template(helm, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def render(*arguments, helm="helm4", apis=EVERY_API):
    """The objects that the chart makes."""
    return load_all(helm_text(helm, *[argument for api in apis for argument in ("--api-versions", api)], *arguments))


def scenario(file, **options):
    """The objects of one of ci/."""
    return render("--values", str(file), **options)


def one(objects, kind, name=None):
    """The only object of this kind (and name)."""
    found = [o for o in objects if o["kind"] == kind and name in (None, o["metadata"]["name"])]
    assert len(found) == 1, f"{len(found)} of {kind} {name or ''}"
    return found[0]


def variables(spinapp):
    """The variables of a SpinApp by name."""
    return {v["name"]: v.get("value", v.get("valueFrom")) for v in spinapp["spec"]["variables"]}


@pytest.fixture(params=SCENARIOS, ids=lambda file: file.stem.removesuffix("-values"))
def values_file(request):
    """Each scenario of ci/."""
    return request.param


@pytest.fixture(params=["helm3", "helm4"])
def helm(request):
    """Both Helms."""
    return request.param
