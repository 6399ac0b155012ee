"""The values of chart 0.1.0 in today's chart: accepted, or refused by a sentence that says what to write instead."""

import subprocess
import tarfile

import pytest
from conftest import CHART, EVERY_API, ROOT, TOOLS, load_all

EARLIER = ROOT / "tests/deploy/releases/todo-chatbot-0.1.0.tgz"
SECRETS = ["--set", "secrets.frontend.existingSecret=f,secrets.backend.existingSecret=b"]


@pytest.fixture(scope="session")
def earlier(tmp_path_factory):
    """The unpacked chart."""
    folder = tmp_path_factory.mktemp("earlier")
    with tarfile.open(EARLIER) as archive:
        archive.extractall(folder, filter="data")
    return folder / "todo-chatbot"


def template(*arguments):
    """(exit code, standard output, standard error) of `helm template` with today's chart."""
    apis = [argument for api in EVERY_API for argument in ("--api-versions", api)]
    command = [TOOLS / "helm4", "template", "todo-chatbot", CHART, "--namespace", "todo", *apis, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_copy_of_all_its_values_is_accepted(earlier):
    code, text, said = template("--values", str(earlier / "values.yaml"), *SECRETS)
    assert code == 0, said
    assert len([o for o in load_all(text) if o["kind"] == "SpinApp"]) == 3


@pytest.mark.parametrize("name", ["external-secrets", "hardened", "minikube", "production"])
def test_its_scenarios_are_accepted(earlier, name):
    code, _, said = template("--values", str(earlier / f"ci/{name}-values.yaml"))
    assert code == 0, said


def test_its_memory_limit_for_one_part_is_refused_with_the_right_one(earlier):
    """Four passwords hashed at once ended such a pod."""
    single = ["--values", str(earlier / "ci/single-app-values.yaml")]
    code, _, said = template(*single)
    assert code == 1 and "give 416Mi or more" in said
    code, _, said = template(*single, "--set", "apps.all.resources.limits.memory=416Mi")
    assert code == 0, said


def test_its_address_of_another_mcp_server_is_refused_with_the_new_names():
    code, _, said = template(*SECRETS, "--set", "mcp.serverUrl=https://mcp.example.com/mcp")
    assert code == 1 and "variables.mcp_server_origin" in said and "variables.mcp_server_path" in said
