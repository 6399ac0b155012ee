"""The image: built without network from what is in the tree, the same each time, with nothing in it but the app."""

import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import tomllib

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = pathlib.Path(__file__).resolve().parents[3]
OUT = ROOT / "target/image"


def build(folder, tool="buildah"):
    """Runs `make image` by the tool, with a store of its own and no network; returns the digest."""
    if not shutil.which(tool):
        pytest.fail(f"{tool} is missing: apt-get install {tool}")
    conf = folder / "storage.conf"
    conf.write_text(f'[storage]\ndriver = "vfs"\ngraphroot = "{folder}/graph"\nrunroot = "{folder}/run"\n')
    alone = ["unshare", "--net"] if os.getuid() == 0 else ["unshare", "--map-root-user", "--net"]
    env = os.environ | {"TOOL": tool, "BUILT": "yes", "CONTAINERS_STORAGE_CONF": str(conf), "TMPDIR": str(folder)}
    done = subprocess.run([*alone, "scripts/image.sh"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return (OUT / "digest").read_text().strip()


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """Builds it once; the digest."""
    return build(tmp_path_factory.mktemp("image"))


def blobs(image):
    """The archive's index, and a function to read a blob of it."""

    def blob(digest):
        with tarfile.open(OUT / "todo-chatbot.tar") as archive:
            content = archive.extractfile("blobs/" + digest.replace(":", "/")).read()
        assert hashlib.sha256(content).hexdigest() == digest.removeprefix("sha256:")
        return content

    return json.loads(blob(image)), blob


def manifests(image):
    index, blob = blobs(image)
    return {m["platform"]["architecture"]: json.loads(blob(m["digest"])) for m in index["manifests"]}, blob


@pytest.mark.parametrize("tool", ["buildah", "podman"])
def test_the_same_input_makes_the_same_digest_whoever_builds(image, tool, tmp_path):
    assert re.fullmatch("sha256:[0-9a-f]{64}", image)
    for file in (OUT / "files").read_text().split():
        (ROOT / file).touch()
    assert build(tmp_path, tool) == image


def test_one_image_serves_both_architectures_with_the_same_content(image):
    both, _ = manifests(image)
    assert sorted(both) == ["amd64", "arm64"]
    assert both["amd64"]["layers"] == both["arm64"]["layers"]


def test_it_holds_the_manifest_and_the_components_and_nothing_else(image):
    both, blob = manifests(image)
    files, folders = {}, {}
    for layer in both["amd64"]["layers"]:
        with tarfile.open(fileobj=io.BytesIO(blob(layer["digest"]))) as content:
            for entry in content:
                assert (entry.uid, entry.gid) == (65532, 65532) and entry.mtime == 0
                target = files if entry.isfile() else folders
                target["/" + entry.name.strip("/")] = content.extractfile(entry).read() if entry.isfile() else None
    manifest = tomllib.loads((ROOT / "spin.toml").read_text())
    wasm = set(re.findall(r"[\w/.-]+\.wasm", str(manifest)))
    assert set(files) == {"/spin.toml"} | {f"/{file}" for file in wasm}
    assert {"/.spin", "/.cache"} <= set(folders)
    assert files["/spin.toml"] == (ROOT / "spin.toml").read_bytes()
    for file in wasm:
        assert files[f"/{file}"] == (ROOT / file).read_bytes()


def test_its_metadata_is_nobody_in_particular_and_labelled(image):
    both, blob = manifests(image)
    for manifest in both.values():
        config = json.loads(blob(manifest["config"]["digest"]))
        assert config["config"]["User"] == "65532:65532"
        assert "Env" not in config["config"] or all(e.startswith("PATH=") for e in config["config"]["Env"])
        labels = config["config"]["Labels"]
        version = tomllib.loads((ROOT / "spin.toml").read_text())["application"]["version"]
        assert labels["org.opencontainers.image.version"] == version
        assert labels["org.opencontainers.image.licenses"] == "MIT"
        assert re.fullmatch("[0-9a-f]{40}|unknown", labels["org.opencontainers.image.revision"])
        assert config["created"].startswith("1970-01-01")


def test_the_name_tells_the_content_and_is_the_node_s_name_for_it(image):
    name = (OUT / "name").read_text().strip()
    version = tomllib.loads((ROOT / "spin.toml").read_text())["application"]["version"]
    assert re.fullmatch(rf"docker\.io/library/todo-chatbot:{re.escape(version)}-[0-9a-f]{{12}}", name)
    with tarfile.open(OUT / "todo-chatbot.tar") as archive:
        index = json.load(archive.extractfile("index.json"))
    assert index["manifests"][0]["annotations"]["org.opencontainers.image.ref.name"] == name


def test_the_bill_of_materials_is_valid_and_names_every_crate_and_licence(image):
    text = (OUT / "sbom.cdx.json").read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    components = json.loads(text)["components"]
    names = {c["name"] for c in components}
    assert {"spin-sdk", "serde", "jwt-compact", "preact"} <= names
    assert not {"wasmtime", "tokio", "vite"} & names
    assert not [c["purl"] for c in components if "licenses" not in c]
    licences = (OUT / "THIRD-PARTY-LICENSES.txt").read_text()
    assert not [c["name"] for c in components if f"{c['name']} {c['version']}" not in licences]
    assert str(ROOT) not in text + licences


def test_a_tool_that_is_not_there_is_named(tmp_path):
    env = os.environ | {"TOOL": "nerdctl", "BUILT": "yes", "PATH": f"{tmp_path}:/usr/bin:/bin"}
    done = subprocess.run(["scripts/image.sh"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "TOOL=nerdctl does not work here" in done.stderr
