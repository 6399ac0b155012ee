"""A control plane on loopback: etcd and kube-apiserver alone, with the CRDs that the chart needs."""

import contextlib
import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/deploy/chart"))
CLUSTER = pathlib.Path(os.environ["CLUSTER_TOOLS"])
HELM = pathlib.Path(os.environ["CHART_TOOLS"])
TOKEN = "loopback-only"
CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"


def free_port():
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """The API server, spoken to by HTTP and by Helm."""

    def __init__(self, folder, port):
        self.url = f"https://127.0.0.1:{port}"
        self.context = ssl._create_unverified_context()  # its certificate is its own, on loopback
        self.kubeconfig = folder / "kubeconfig"
        cluster = {"server": self.url, "insecure-skip-tls-verify": True}
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "c",
            "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
            "clusters": [{"name": "c", "cluster": cluster}],
            "users": [{"name": "u", "user": {"token": TOKEN}}],
        }
        self.kubeconfig.write_text(yaml.safe_dump(config))

    def call(self, *request, **options):
        """(status, response), once the server is not too busy: it is while it sets up a custom resource's storage."""
        until = time.monotonic() + 30
        while (response := self.ask(*request, **options))[0] == 429 and time.monotonic() < until:
            time.sleep(0.2)
        return response

    def ask(self, method, path, body=None, kind="application/json"):
        """(status, response); what is not JSON is None."""
        request = urllib.request.Request(self.url + path, method=method, data=body and json.dumps(body).encode())
        request.add_header("Authorization", f"Bearer {TOKEN}")
        request.add_header("Content-Type", kind)
        try:
            response = urllib.request.urlopen(request, context=self.context, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            text = response.read()
            return response.status, json.loads(text) if "json" in response.headers.get("content-type", "") else None

    def get(self, path):
        """What is there, or None."""
        status, response = self.call("GET", path)
        return response if status == 200 else None

    def create(self, path, body):
        """Creates an object, which must work."""
        status, response = self.call("POST", path, body)
        assert status in (200, 201), response and response["message"]
        return response

    def helm(self, *arguments, helm="helm4"):
        """Runs Helm; (exit code, what it said)."""
        command = [HELM / helm, "--kubeconfig", self.kubeconfig, *arguments]
        env = os.environ | {"KUBECACHEDIR": str(self.kubeconfig.parent / "cache")}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
        return done.returncode, done.stdout + done.stderr

    @contextlib.contextmanager
    def without(self, groups):
        """Meanwhile the custom resources of these groups are not served."""
        found = [crd["metadata"]["name"] for crd in self.get(CRDS)["items"] if crd["spec"]["group"] in groups]
        try:
            self.serve(found, False)
            self.until(lambda: not {g["name"] for g in self.get("/apis")["groups"]} & set(groups), groups)
            yield
        finally:
            self.serve(found, True)
            self.until(lambda: {g["name"] for g in self.get("/apis")["groups"]} >= set(groups), groups)

    def serve(self, crds, served):
        """Serves the CRDs' only version, or not."""
        patch = [{"op": "replace", "path": "/spec/versions/0/served", "value": served}]
        for name in crds:
            assert self.call("PATCH", f"{CRDS}/{name}", patch, "application/json-patch+json")[0] == 200

    def until(self, condition, what):
        """Waits for it, a minute at most."""
        end = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < end, what
            time.sleep(0.1)

    def await_ready(self, process):
        """Until the API server says that it is ready."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            assert process.poll() is None, "kube-apiserver ended"
            with contextlib.suppress(OSError):
                if self.call("GET", "/readyz")[0] == 200:
                    return
            time.sleep(0.2)
        pytest.fail("kube-apiserver is not ready after two minutes")


def programs(folder, port):
    """The command lines of etcd and kube-apiserver."""
    client, peer = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    (folder / "tokens.csv").write_text(f'{TOKEN},admin,admin,"system:masters"\n')
    subprocess.run(["openssl", "genrsa", "-out", folder / "sa.key", "2048"], check=True, capture_output=True)
    subprocess.run(["openssl", "rsa", "-in", folder / "sa.key", "-pubout", "-out", folder / "sa.pub"], check=True, capture_output=True)
    etcd = ["etcd", "--data-dir", folder / "etcd", "--listen-client-urls", client, "--advertise-client-urls", client]
    etcd += ["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", f"default={peer}", "--log-level", "error"]
    server = {
        "etcd-servers": client,
        "bind-address": "127.0.0.1",
        "advertise-address": "127.0.0.1",
        "secure-port": port,
        "endpoint-reconciler-type": "none",
        "cert-dir": folder / "certificates",
        "service-cluster-ip-range": "10.99.0.0/24",
        "service-account-issuer": "https://kubernetes.default.svc",
        "service-account-key-file": folder / "sa.pub",
        "service-account-signing-key-file": folder / "sa.key",
        "token-auth-file": folder / "tokens.csv",
        "authorization-mode": "RBAC",
        "disable-admission-plugins": "ServiceAccount",
    }
    return etcd, ["kube-apiserver", *[f"--{key}={value}" for key, value in server.items()]]


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """The running control plane with our CRDs."""
    folder = tmp_path_factory.mktemp("cluster")
    port = free_port()
    started = []
    try:
        for command in programs(folder, port):
            log = (folder / f"{command[0]}.log").open("w")
            started.append(subprocess.Popen([CLUSTER / command[0], *command[1:]], stdout=log, stderr=log, cwd=folder))
        plane = Cluster(folder, port)
        plane.await_ready(started[-1])
        install_crds(plane)
        yield plane
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)


def install_crds(plane):
    """All that the chart's objects need; waits until they are served."""
    import schemas

    crds = [crd for file in schemas.crd_files() for crd in yaml.safe_load_all(file.read_text())]
    for name in [plane.create(CRDS, crd)["metadata"]["name"] for crd in crds]:
        plane.until(lambda name=name: established(plane.get(f"{CRDS}/{name}")), name)


def established(crd):
    """Whether its objects can be made."""
    conditions = crd.get("status", {}).get("conditions", [])
    return any(c["type"] == "Established" and c["status"] == "True" for c in conditions)
