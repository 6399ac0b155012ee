"""Lists the content of the image from the two lock files: sbom.cdx.json (CycloneDX 1.6) and THIRD-PARTY-LICENSES.txt.

`sbom.py FOLDER`. The crates are those linked into the Wasm components, the npm packages those in the front-end's bundle.
"""

import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
LICENCE_FILE = re.compile(r"(?i)^(licen[cs]e|copying|copyright|notice|unlicense)([-._].*)?$")


def crates():
    """(kind, name, version, licence, folder) of each third-party crate in the components."""
    manifest = tomllib.loads((ROOT / "spin.toml").read_text())
    wasm = re.findall(r"(\w+)\.wasm", str(manifest))
    packages = [argument for name in sorted(set(wasm)) for argument in ("-p", name.replace("_", "-"))]
    tree = run("cargo", "tree", "--locked", "-e", "normal", "--target", "wasm32-wasip2", *packages, "--prefix", "none", "--format", "{p}")
    linked = {tuple(line.split()[:2]) for line in tree.splitlines() if line}
    metadata = json.loads(run("cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", "wasm32-wasip2"))
    for package in metadata["packages"]:
        if package["source"] and (package["name"], f"v{package['version']}") in linked:
            folder = pathlib.Path(package["manifest_path"]).parent
            yield "cargo", package["name"], package["version"], package["license"] or "", folder


def bundled():
    """The same for each npm package that the front-end needs at run time."""
    lock = json.loads((ROOT / "ui/package-lock.json").read_text())
    for path, package in lock["packages"].items():
        if path and not any(package.get(key) for key in ("dev", "optional", "devOptional", "link")):
            yield "npm", path.rsplit("node_modules/", 1)[1], package["version"], package.get("license", ""), ROOT / "ui" / path


def run(*command):
    """What the command prints."""
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def component(kind, name, version, licence):
    """One library as CycloneDX describes it."""
    url = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    entry = {"type": "library", "bom-ref": url, "name": name, "version": version, "purl": url}
    if licence:
        entry["licenses"] = [{"expression": re.sub(r"\s*/\s*", " OR ", licence)}]
    return entry


def bom(libraries, app):
    """The document; the same for the same input, so without a time or a random number."""
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": app["name"], "licenses": [{"license": {"id": "MIT"}}], **app}},
        "components": [component(*library[:4]) for library in libraries],
        "dependencies": [{"ref": app["name"], "dependsOn": [component(*library[:4])["bom-ref"] for library in libraries]}],
    }


def licences(libraries):
    """Each licence text once, under the names of its libraries."""
    texts = {}
    for _, name, version, licence, folder in libraries:
        for file in sorted(folder.iterdir()) if folder.is_dir() else []:
            if file.is_file() and LICENCE_FILE.match(file.name):
                text = file.read_text(errors="replace").strip()
                key = hashlib.sha256(re.sub(r"\s+", " ", text).encode()).hexdigest()
                texts.setdefault(key, (text, []))[1].append(f"{name} {version} ({licence})")
    listed = "\n".join(f"{name} {version}: {licence or 'not named'}" for _, name, version, licence, _ in libraries)
    rest = "\n".join(f"\n{'=' * 100}\n{', '.join(users)}\n{'=' * 100}\n{text}\n" for text, users in texts.values())
    return f"The libraries in todo-chatbot, beside Rust's standard library (MIT OR Apache-2.0).\n\n{listed}\n{rest}"


def main():
    folder = pathlib.Path(sys.argv[1])
    application = tomllib.loads((ROOT / "spin.toml").read_text())["application"]
    libraries = sorted({library[:3]: library for library in [*crates(), *bundled()]}.values())
    app = {key: application[key] for key in ("name", "version", "description")}
    (folder / "sbom.cdx.json").write_text(json.dumps(bom(libraries, app), indent=1, sort_keys=True) + "\n")
    (folder / "THIRD-PARTY-LICENSES.txt").write_text(licences(libraries))


if __name__ == "__main__":
    main()
