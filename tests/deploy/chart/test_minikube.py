"""`make minikube` against stand-ins for minikube, kubectl, helm and curl, which record each call: the exact sequence, and no secret in it."""

import hashlib
import os
import pathlib
import shutil
import subprocess

import pytest
import yaml
from conftest import ROOT

RECORDED = pathlib.Path(__file__).parent / "minikube-calls.txt"
SECRET = "test-only-0123456789abcdef0123456789abcdef"
PASSWORD = "test-only-password"
CLOCK = "test-only-clock-0123456789abcdef0123456789"
VAPID = "test-only-0123456789abcdef0123456789abcdef0"
ENV = f"""BETTER_AUTH_SECRET={SECRET}
CLOCK_SECRET={CLOCK}
VAPID_PRIVATE_KEY={VAPID}
GEMINI_API_KEY='test-only-gemini'
GEMINI_MODEL=gemini-x
BETTER_AUTH_URL=http://localhost:3000
MCP_SERVER_URL=http://localhost:8001/mcp
ALLOWED_ORIGINS=http://a.example,http://b.example
"""
# One program under four names. It writes down its arguments, keeps what it is given on standard input, and behaves as a
# cluster that has nothing yet, or what $ANSWERS/NAME says.
STAND_IN = """#!/bin/sh
name=$(basename "$0")
echo "$name $*" | sed "s,$WORK,WORK,g; s,/tmp/[^ ]*/,TMP/,g" >>"$WORK/calls"
case "$name $*" in
  *--from-env-file=/dev/stdin*) cat >>"$WORK/given"; echo 'kind: Secret' ;;
  *'-f -'*) cat >/dev/null ;;
  'minikube version --short') echo "${MINIKUBE_VERSION:-v1.39.0}" ;;
  'kubectl version --client') echo 'Client Version: v1.37.2' ;;
  'helm version --short') echo "${HELM_VERSION:-v4.3.1}" ;;
  'minikube -p minikube status '*) echo "${MINIKUBE_STATUS:-Running Running}" ;;
  *'uname -m') echo x86_64 ;;
  *'patch-containerd.sh'*) case $* in *ssh*) echo "${PATCHED:-changed}" ;; esac ;;
  'minikube -p minikube ip') echo 192.168.49.2 ;;
  *'get mutatingadmission'*) echo policy/todo-todo-chatbot; echo policy/other-todo-chatbot ;;
  *'get spinapps'*'--output name') printf '%s\\n' spinapp.core.spinkube.dev/todo-chatbot-backend spinapp.core.spinkube.dev/todo-chatbot-frontend ;;
  *'get secret todo-postgresql-env'*) printf %s "${KEPT_PASSWORD-}" ;;
  curl*tar.gz) cp "$WORK/shim.tar.gz" "$5" ;;
  curl*yaml) cp "$WORK/shim.yaml" "$5" ;;
esac
"""


@pytest.fixture
def project(tmp_path):
    """A copy of what the command needs, the stand-ins in front of PATH, and an image that was built."""
    for part in ("scripts", "runtime-class", "charts", "spin.toml"):
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, tmp_path / part)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("minikube", "kubectl", "helm", "curl"):
        (programs / name).write_text(STAND_IN)
        (programs / name).chmod(0o755)
    (tmp_path / "target/image").mkdir(parents=True)
    (tmp_path / "target/image/name").write_text("docker.io/library/todo-chatbot:0.1.0-0123456789ab\n")
    (tmp_path / ".env").write_text(ENV)
    release(tmp_path)
    return tmp_path


def release(folder):
    """The shim's archive, and the manifest with its checksum."""
    (folder / "containerd-shim-spin-v2").write_text("shim")
    subprocess.run(["tar", "-czf", "shim.tar.gz", "containerd-shim-spin-v2"], cwd=folder, check=True)
    digest = hashlib.sha256((folder / "shim.tar.gz").read_bytes()).hexdigest()
    platforms = [{"os": "linux", "arch": "arm64", "sha256": "0" * 64}, {"os": "linux", "arch": "amd64", "location": "https://x", "sha256": digest}]
    (folder / "shim.yaml").write_text(yaml.safe_dump({"spec": {"fetchStrategy": {"platforms": platforms}}}, sort_keys=False))


def run(project, *steps, script="scripts/minikube.sh", **environment):
    """Runs the command; (exit code, what it printed, the calls it made)."""
    names = {"DATABASE_URL", "BETTER_AUTH_SECRET", "GEMINI_API_KEY"}
    env = {k: v for k, v in os.environ.items() if k not in names and not k.startswith("SPIN_VARIABLE_")}
    env |= {"PATH": f"{project}/bin:{os.environ['PATH']}", "WORK": str(project), "BUILT_IMAGE": "yes"} | environment
    calls = project / "calls"
    calls.unlink(missing_ok=True)
    done = subprocess.run([script, *steps], cwd=project, env=env, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout + done.stderr, calls.read_text() if calls.exists() else ""


def test_the_exact_sequence_of_calls(project):
    code, output, calls = run(project, "all", DATABASE_URL=f"postgresql+asyncpg://u:{PASSWORD}@ep-x.neon.tech/neondb?sslmode=verify-full")
    assert code == 0, output
    if os.environ.get("RECORD"):
        RECORDED.write_text(calls)
    assert calls == RECORDED.read_text()
    assert "[13/13] url" in output and "192.168.49.2 todo.local" in output and "http://todo.local" in output


def test_no_secret_is_printed_or_passed_as_an_argument(project):
    code, output, calls = run(project, "all", DATABASE_URL=f"postgresql://u:{PASSWORD}@db.example.com/todo")
    assert code == 0, output
    for secret in (SECRET, PASSWORD, CLOCK, VAPID, "test-only-gemini"):
        assert secret not in output + calls
    assert (project / "given").read_text().splitlines() == [
        f"BETTER_AUTH_SECRET={SECRET}",
        f"DATABASE_URL=postgresql://u:{PASSWORD}@db.example.com/todo",
        f"CLOCK_SECRET={CLOCK}",
        f"VAPID_PRIVATE_KEY={VAPID}",
        "GEMINI_API_KEY=test-only-gemini",
    ]


def test_without_a_database_the_cluster_gets_one_whose_password_stays(project):
    code, output, calls = run(project, "all")
    assert code == 0, output
    assert "--set postgresql.enabled=true --set postgresql.existingSecret=todo-postgresql-env" in calls
    assert "rollout status statefulset/todo-chatbot-postgresql" in calls
    first = (project / "given").read_text()
    password = first.split("POSTGRES_PASSWORD=")[1].strip()
    assert len(password) == 48 and f":{password}@todo-chatbot-postgresql.todo.svc.cluster.local:5432/" in first
    assert password not in output + calls
    (project / "given").unlink()
    kept = subprocess.run(["base64", "-w0"], input=password, capture_output=True, text=True, check=True).stdout
    run(project, "secrets", KEPT_PASSWORD=kept)
    assert (project / "given").read_text() == first


def test_pods_roll_when_a_secret_changes_and_only_then(project):
    def checksum(**environment):
        _, _, calls = run(project, "install", DATABASE_URL="postgresql://u:p@db.example.com/todo", **environment)
        return calls.split("checksum/env=")[1].split()[0]

    assert checksum() == checksum() != checksum(GEMINI_API_KEY="another")


def test_a_shim_with_another_checksum_is_not_installed(project):
    (project / "shim.tar.gz").write_bytes(b"something else")
    code, output, calls = run(project, "shim")
    assert code == 1 and "checksum" in output and "nothing was installed" in output
    assert " cp " not in calls


def test_an_old_shim_is_refused(project):
    code, output, _ = run(project, "shim", SHIM_VERSION="0.24.0")
    assert code == 1 and "0.25.1 or newer" in output


def test_containerd_is_restarted_only_when_its_configuration_changed(project):
    assert "systemctl restart containerd" in run(project, "shim")[2]
    code, output, calls = run(project, "shim", PATCHED="unchanged")
    assert code == 0 and "knows the shim already" in output and "systemctl" not in calls


def test_a_runtime_class_of_another_handler_is_named(project):
    kubectl = project / "bin/kubectl"
    kubectl.write_text("#!/bin/sh\nexit 1\n")
    code, output, _ = run(project, "shim")
    assert code == 1 and "delete runtimeclass wasmtime-spin-v2" in output


def test_runtime_class_manager_comes_with_images_of_its_own_version(project):
    code, output, calls = run(project, "manager", script="runtime-class/install.sh")
    assert code == 0, output
    install, label, shim = calls.splitlines()
    assert "runtime-class-manager --version 0.2.0 --namespace runtime-class-manager" in install
    tags = ("image.tag", "rcm.shimDownloaderImage.tag", "rcm.nodeInstallerImage.tag")
    assert install.endswith("--set-string " + ",".join(f"{tag}=v0.2.0" for tag in tags))
    assert label.endswith("label node --all --overwrite spin=true")
    assert shim.endswith("/v0.25.1/runtime-class-manager-shim-v1alpha1-v0.25.1.yaml")


def test_minikube_is_started_only_if_asked(project):
    code, output, calls = run(project, "all", MINIKUBE_STATUS="Stopped Stopped")
    assert code == 1 and "START=yes" in output and " start " not in calls
    _, _, calls = run(project, "start", MINIKUBE_STATUS="Stopped Stopped")
    assert "minikube -p minikube start --cpus 4 --memory 8g --container-runtime containerd --kubernetes-version v1.37.2" in calls


@pytest.mark.parametrize(("environment", "says"), [({"MINIKUBE_VERSION": "v1.30.1"}, "minikube 1.30.1 is too old"), ({"HELM_VERSION": "v3.9.0"}, "helm 3.9.0 is too old")])
def test_old_tools_are_named(project, environment, says):
    code, output, calls = run(project, "all", **environment)
    assert code == 1 and says in output
    assert "upgrade" not in calls


def test_a_missing_tool_is_named(project):
    (project / "bin/minikube").unlink()
    code, output, _ = run(project, "check", PATH=f"{project}/bin:/usr/bin:/bin")
    assert code == 1 and "minikube is missing" in output


def test_a_database_that_pods_cannot_reach_is_refused(project):
    code, output, _ = run(project, "secrets", DATABASE_URL="postgresql://u:p@localhost:5432/todo")
    assert code == 1 and "host.minikube.internal" in output


@pytest.mark.parametrize(
    ("step", "environment", "call"),
    [
        ("status", {}, "get spinapps.core.spinkube.dev,deployments,pods,services,ingresses"),
        ("logs", {"PART": "mcp", "FOLLOW": "yes"}, "component=mcp --prefix --max-log-requests 20 --tail 200 --follow"),
        ("port-forward", {"PART": "mcp", "PORT": "8081"}, "port-forward service/todo-chatbot-mcp 8081:80"),
        ("rollback", {"REVISION": "3"}, "helm --kube-context minikube --namespace todo rollback todo-chatbot 3"),
        ("uninstall", {}, "helm --kube-context minikube --namespace todo uninstall todo-chatbot"),
        ("upgrade", {"DATABASE_URL": "postgresql://u:p@db.example.com/todo"}, "image load target/image/todo-chatbot.tar"),
    ],
)
def test_the_management_commands(project, step, environment, call):
    code, output, calls = run(project, step, **environment)
    assert code == 0, output
    assert call in calls


def test_an_unknown_step_is_answered_with_those_there_are(project):
    code, output, _ = run(project, "instal")
    assert code == 1 and "the steps are: check start ingress" in output


def test_drills_go_to_the_ingress_of_this_cluster(project):
    (project / "scripts/drill.py").write_text('#!/bin/sh\necho "drill $*"\n')
    code, output, _ = run(project, "drill", DRILLS="pods rollout", APP_HOST="list.local")
    assert code == 0
    assert "drill --url http://list.local --connect 192.168.49.2 --context minikube --namespace todo --release todo-chatbot pods rollout" in output


def test_uninstall_removes_what_is_outside_the_namespace_and_nobody_elses(project):
    code, output, calls = run(project, "uninstall")
    assert code == 0, output
    assert "helm --kube-context minikube --namespace todo uninstall todo-chatbot --ignore-not-found" in calls
    deleted = [line for line in calls.splitlines() if " delete " in line]
    assert deleted == ["kubectl --context minikube delete policy/todo-todo-chatbot"] * 2
