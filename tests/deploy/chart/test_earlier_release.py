"""The values of chart 0.1.0 in today's chart: accepted, or refused by a sentence that says what to write instead."""

import tarfile

import pytest
from conftest import ROOT, helm_template, render, scenario

EARLIER = ROOT / "tests/deploy/releases/todo-chatbot-0.1.0.tgz"
SECRETS = ["--set", "secrets.frontend.existingSecret=f,secrets.backend.existingSecret=b"]


@pytest.fixture(scope="session")
def earlier(tmp_path_factory):
    """The unpacked chart."""
    folder = tmp_path_factory.mktemp("earlier")
    with tarfile.open(EARLIER) as archive:
        archive.extractall(folder, filter="data")
    return folder / "todo-chatbot"


def refusal(*arguments):
    """What `helm template` says when it refuses these values."""
    done = helm_template("helm4", *arguments)
    assert done.returncode == 1, done.stdout
    return done.stderr


def test_a_copy_of_all_its_values_is_accepted(earlier):
    objects = render("--values", str(earlier / "values.yaml"), *SECRETS)
    assert len([o for o in objects if o["kind"] == "SpinApp"]) == 3


@pytest.mark.parametrize("name", ["external-secrets", "hardened", "minikube", "production"])
def test_its_scenarios_are_accepted(earlier, name):
    assert scenario(earlier / f"ci/{name}-values.yaml")


def test_its_memory_limit_for_one_part_is_refused_with_the_right_one(earlier):
    """Four passwords hashed at once ended such a pod."""
    single = ["--values", str(earlier / "ci/single-app-values.yaml")]
    assert "give 416Mi or more" in refusal(*single)
    assert render(*single, "--set", "apps.all.resources.limits.memory=416Mi")


def test_its_address_of_another_mcp_server_is_refused_with_the_new_names():
    said = refusal(*SECRETS, "--set", "mcp.serverUrl=https://mcp.example.com/mcp")
    assert "variables.mcp_server_origin" in said and "variables.mcp_server_path" in said
