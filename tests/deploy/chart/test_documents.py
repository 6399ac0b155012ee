"""The documents name only what exists: verbs of make, files, and values of the chart."""

import json
import re

from conftest import CHART, ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("charts/*/README.md")])
SCHEMA = json.loads((CHART / "values.schema.json").read_text())


def code(document):
    """What stands as code in a document: between backticks, and in blocks."""
    text = document.read_text()
    blocks = re.findall(r"^ *```.*?^ *```", text, re.MULTILINE | re.DOTALL)
    return blocks + re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL))


def found(pattern):
    """(document, match) for each match in code."""
    return [(document.name, match) for document in DOCUMENTS for text in code(document) for match in re.findall(pattern, text)]


def test_every_verb_of_make_exists():
    verbs = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    steps = re.search(r"^all_steps=\((.*)\)", (ROOT / "scripts/minikube.sh").read_text(), re.MULTILINE)[1].split()
    named = [(document, verb) for document, words in found(r"(?:^|[\s;&|])make ((?:[a-z-]+ )*[a-z-]+)") for verb in words.split()]
    assert len(named) > 40
    for document, verb in named:
        assert verb in verbs or verb.removeprefix("minikube-") in steps, f"{document}: make {verb}"


def test_every_script_and_folder_exists():
    named = found(r"(?:^|[\s(])((?:scripts|runtime-class|charts|bench|tests|observability|ai-operations|migrations)/[\w./-]*\w)")
    assert len(named) > 40
    for document, path in named:
        assert any(ROOT.glob(f"{path}*")) or "NNNN" in path, f"{document}: {path}"


def test_every_value_of_the_chart_exists():
    """`apps.*.replicas`, `hardening.enabled`: by the schema, through its definitions."""
    tops = "|".join(SCHEMA["properties"])
    paths = found(rf"(?:^|[\s,])((?:{tops})(?:\.[A-Za-z]\w*|\.\*)+)(?=$|[\s,=`\[])")
    named = [(document, path) for document, path in paths if not path.endswith((".rs", ".yaml", ".internal"))]
    assert len(named) > 20
    for document, path in named:
        assert is_value(SCHEMA, path.removesuffix(".*").split(".")), f"{document}: {path}"


def is_value(schema, names):
    """Whether a schema has a member at this path; `*` is one of any name."""
    if "$ref" in schema:
        return is_value(SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], names)
    if not names:
        return True
    member = schema.get("properties", {}).get(names[0], schema.get("additionalProperties"))
    choices = [choice for kind in ("anyOf", "oneOf", "allOf") for choice in schema.get(kind, [])]
    return member is True or bool(member) and is_value(member, names[1:]) or any(is_value(choice, names) for choice in choices)
