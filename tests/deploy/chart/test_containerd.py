"""The patcher of containerd's configuration, on default configurations of each version it knows."""

import pathlib
import re
import shutil
import subprocess
import tomllib

import pytest
from conftest import ROOT

PATCHER = ROOT / "runtime-class/node/patch-containerd.sh"
DATA = pathlib.Path(__file__).parent / "containerd"
PLUGIN = {2: "io.containerd.grpc.v1.cri", 3: "io.containerd.cri.v1.runtime", 4: "io.containerd.cri.v1.runtime"}


def patch(file):
    return subprocess.run(["sh", PATCHER, file], capture_output=True, text=True, check=False)


def runtimes(file):
    parsed = tomllib.loads(file.read_text())
    return parsed["plugins"][PLUGIN[parsed["version"]]]["containerd"]["runtimes"]


@pytest.fixture(params=[2, 3, 4])
def config(request, tmp_path):
    """`containerd config default` as containerd 1.6 and 2.1 print it. Version 4, of containerd 2.4, has the tables of version 3."""
    recorded = (DATA / f"default-v{min(request.param, 3)}.toml").read_text()
    file = tmp_path / "config.toml"
    file.write_text(re.sub(r"(?m)^version = \d+$", f"version = {request.param}", recorded))
    return file


def test_the_shim_is_added_and_nothing_else_is_changed(config):
    before = tomllib.loads(config.read_text())
    done = patch(config)
    assert (done.returncode, done.stdout) == (0, "changed\n"), done.stderr
    runc = before["plugins"][PLUGIN[before["version"]]]["containerd"]["runtimes"]["runc"]["options"]
    assert runtimes(config).pop("spin") == {"runtime_type": "io.containerd.spin.v2", "options": {"SystemdCgroup": runc.get("SystemdCgroup", False)}}
    after = tomllib.loads(config.read_text())
    del after["plugins"][PLUGIN[before["version"]]]["containerd"]["runtimes"]["spin"]
    assert after == before
    assert (config.parent / "config.toml.before-spin").exists()


def test_a_second_run_changes_nothing(config):
    patch(config)
    once = config.read_text()
    assert patch(config).stdout == "unchanged\n"
    assert config.read_text() == once


def test_the_kubelet_s_cgroup_driver_is_followed_also_afterwards(config):
    patch(config)
    text = re.sub(r"(?m)^( *SystemdCgroup = false\n)", "", config.read_text(), count=1)
    config.write_text(re.sub(r"(?m)^( *\[.*\.runtimes\.runc\.options\]\n)", r"\1SystemdCgroup = true\n", text, count=1))
    assert patch(config).stdout == "changed\n"
    assert runtimes(config)["spin"]["options"] == {"SystemdCgroup": True}
    assert patch(config).stdout == "unchanged\n"


def test_an_entry_of_somebody_else_s_stays(config):
    plugin = PLUGIN[tomllib.loads(config.read_text())["version"]]
    config.write_text(config.read_text() + f"\n[plugins.'{plugin}'.containerd.runtimes.spin]\n  runtime_type = '/opt/shim'\n")
    before = config.read_text()
    assert patch(config).stdout == "unchanged\n"
    assert config.read_text() == before


@pytest.mark.parametrize(("text", "says"), [("root = '/x'\n", "no version line"), ("version = 5\n", "this script knows 2, 3 and 4")])
def test_what_it_does_not_understand_it_leaves_alone(tmp_path, text, says):
    config = tmp_path / "config.toml"
    config.write_text(text)
    done = patch(config)
    assert done.returncode == 1 and says in done.stderr
    assert config.read_text() == text and list(tmp_path.iterdir()) == [config]


def test_containerd_itself_accepts_the_result(tmp_path):
    if not shutil.which("containerd"):
        pytest.fail("containerd is missing: apt-get install containerd")
    default = subprocess.run(["containerd", "config", "default"], capture_output=True, text=True, check=True).stdout
    config = tmp_path / "config.toml"
    config.write_text(default)
    assert patch(config).stdout == "changed\n"
    dump = subprocess.run(["containerd", "--config", config, "config", "dump"], capture_output=True, text=True, check=True).stdout
    parsed = tomllib.loads(dump)
    spin = parsed["plugins"][PLUGIN[parsed["version"]]]["containerd"]["runtimes"]["spin"]
    assert spin["runtime_type"] == "io.containerd.spin.v2" and spin["options"]["SystemdCgroup"] is False


def test_a_configuration_that_containerd_refuses_is_left_as_it_was(tmp_path):
    if not shutil.which("containerd"):
        pytest.fail("containerd is missing: apt-get install containerd")
    config = tmp_path / "config.toml"
    config.write_text('version = 2\n[plugins."io.containerd.grpc.v1.cri"]\n  broken = \n')
    before = config.read_text()
    done = patch(config)
    assert done.returncode == 1 and "does not accept" in done.stderr
    assert config.read_text() == before
