"""Writes the parts of charts/todo-chatbot that follow from spin.toml: files/app.json and parts of values.schema.json.
The values that a variable takes are in scripts/settings.toml.

`chart_facts.py` writes them; `chart_facts.py --check` fails if they are not up to date.
"""

import json
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHART = ROOT / "charts/todo-chatbot"
# Variables in the Secret of the part with auth that other components use, too.
OF_AUTH = ["better_auth_secret", "better_auth_secrets", "mail_api_key"]
TEMPLATE = re.compile(r"{{\s*([a-z][a-z0-9_]*)\s*}}")


def facts(manifest):
    """The components, the variables with the components that use them, and the routes as Ingress prefixes."""
    components = list(manifest["component"])
    variables = {}
    for name, variable in manifest["variables"].items():
        users = [component for component in components if name in names_in(manifest["component"][component])]
        entry = {"required": variable.get("required", False), "secret": variable.get("secret", False), "components": users}
        if entry["secret"] or name.startswith("google_"):
            entry["key"] = name.upper()
            entry["from"] = "frontend" if name in OF_AUTH or users == ["auth"] else "backend"
        variables[name] = entry
    routes = {}
    for trigger in manifest["trigger"]["http"]:
        route = trigger["route"]
        if trigger["component"] != "health" and isinstance(route, str) and not route.startswith("/internal/"):
            routes.setdefault(prefix(route), set()).add(trigger["component"])
    return {
        "components": components,
        "variables": variables,
        "routes": [{"path": path, "components": sorted(users)} for path, users in sorted(routes.items())],
    }


def names_in(component):
    """The variables in a component's block."""
    texts = [*component.get("variables", {}).values(), *component.get("allowed_outbound_hosts", [])]
    return {name for text in texts for name in TEMPLATE.findall(text)}


def prefix(route):
    """The part of a route before its first parameter or wildcard."""
    fixed = []
    for segment in route.strip("/").split("/"):
        if segment == "..." or segment.startswith(":"):
            break
        fixed.append(segment)
    return "/" + "/".join(fixed)


def value(form):
    """The schema of a variable's value, as text or in the type that YAML gives it (`on` is a boolean there)."""
    if form is None:
        return {"type": ["string", "boolean", "integer"]}
    types = {"boolean": "true", "integer": "12345", "number": "0.5"}
    return {"type": ["string", *(name for name, example in types.items() if re.fullmatch(form, example))], "pattern": f"^({form})$", "minimum": 0}


def schema(current, app, forms):
    """The schema with the names of today's variables and their values, Secret keys and components."""
    text = {"type": "string"}
    plain = [name for name, variable in app["variables"].items() if "key" not in variable]
    current["$defs"]["variables"]["properties"] = {name: value(forms.get(name)) for name in plain}
    for part in ("frontend", "backend"):
        keys = {v["key"]: forms.get(name) for name, v in app["variables"].items() if v.get("from") == part}
        values = {key: text | {"pattern": f"^({form})$"} if form else text for key, form in sorted(keys.items())}
        current["$defs"][f"{part}Keys"]["properties"] = values
    current["$defs"]["component"]["enum"] = app["components"]
    return current


def main():
    check = sys.argv[1:] == ["--check"]
    settings = tomllib.loads((ROOT / "scripts/settings.toml").read_text())["setting"]
    forms = {name: setting.get("form") for setting in settings for name in setting.get("variables", [])}
    app = facts(tomllib.loads((ROOT / "spin.toml").read_text()))
    schema_file = CHART / "values.schema.json"
    wanted = {
        CHART / "files/app.json": app,
        schema_file: schema(json.loads(schema_file.read_text()), app, forms),
    }
    for file, content in wanted.items():
        text = json.dumps(content, indent=2) + "\n"
        if check and (not file.exists() or file.read_text() != text):
            sys.exit(f"{file.relative_to(ROOT)} does not match spin.toml and scripts/settings.toml: run `make chart` and commit what changes.")
        if not check:
            file.write_text(text)


if __name__ == "__main__":
    main()
