"""The chart and spin.toml say the same: variables, components, routes, Secret keys."""

import itertools
import json
import re
import tomllib

import pytest
from conftest import CHART, ROOT, helm_text, one, render, scenario, variables

MANIFEST = tomllib.loads((ROOT / "spin.toml").read_text())
SECRETS = str(CHART / "tests/values/secrets.yaml")
EXISTING = ["--set", "secrets.frontend.existingSecret=f,secrets.backend.existingSecret=b"]
PLAIN = [n for n, v in MANIFEST["variables"].items() if not v.get("secret") and not n.startswith("google_")]
FORMS = {n: s["form"] for s in tomllib.loads((ROOT / "scripts/settings.toml").read_text())["setting"] if "form" in s for n in s["variables"]}
OF_AUTH = ("better_auth_secret", "better_auth_secrets", "mail_api_key")
TAKEN = [n for n in MANIFEST["variables"] if n not in PLAIN]


def users(name):
    template = re.compile(r"{{\s*" + name + r"\s*}}")
    return {c for c, block in MANIFEST["component"].items() if template.search(str(block))}


def parts(objects):
    return {o["metadata"]["labels"]["app.kubernetes.io/component"]: o for o in objects if o["kind"] == "SpinApp"}


def example(name):
    """A value that the variable takes."""
    candidates = ("1", "true", MANIFEST["variables"][name].get("default"))
    return next(c for c in candidates if re.fullmatch(FORMS[name], c)) if name in FORMS else f"value-of-{name}"


def test_the_default_of_a_variable_is_a_value_that_it_takes():
    for name, form in FORMS.items():
        assert re.fullmatch(form, MANIFEST["variables"][name].get("default", "-" * 32)), name


def test_every_plain_variable_can_be_set_and_reaches_the_parts_that_use_it_alone():
    settings = [argument for n in PLAIN for argument in ("--set-string", f"variables.{n}={example(n)}")]
    for app in parts(render("--values", SECRETS, *settings)).values():
        given = variables(app)
        for name in PLAIN:
            used = users(name) & set(app["spec"]["components"])
            assert (given.get(name) == example(name)) == bool(used), name


def test_every_secret_variable_comes_from_the_secret_and_reaches_the_parts_that_use_it_alone():
    for app in parts(render(*EXISTING)).values():
        given = variables(app)
        for name in TAKEN:
            required = MANIFEST["variables"][name].get("required", False)
            if users(name) & set(app["spec"]["components"]):
                reference = given[name]["secretKeyRef"]
                assert reference["key"] == name.upper()
                assert reference["name"] == ("f" if users(name) == {"auth"} or name in OF_AUTH else "b")
                assert reference.get("optional", False) != required
            else:
                assert given.get(name) == ("not-used-by-this-part" if required else None)


def test_the_keys_of_the_two_secrets_are_the_old_names():
    reference = {n: variables(parts(render(*EXISTING))["backend"])[n]["secretKeyRef"] for n in TAKEN if n in ("database_url", "better_auth_secret", "gemini_api_key")}
    assert reference["database_url"] == {"name": "b", "key": "DATABASE_URL"}
    assert reference["better_auth_secret"] == {"name": "f", "key": "BETTER_AUTH_SECRET"}
    assert reference["gemini_api_key"] == {"name": "b", "key": "GEMINI_API_KEY", "optional": True}
    made = {o["metadata"]["name"] for o in render("--values", SECRETS) if o["kind"] == "Secret"}
    assert made == {"todo-frontend-env", "todo-backend-env"}


def test_clients_are_told_apart_behind_the_proxies_there_are():
    """The Ingress is one, what wakes a sleeping part another; without them nobody's word about the client's address counts."""
    assert variables(parts(render(*EXISTING))["backend"])["client_address_hops"] == "1"
    assert variables(parts(render(*EXISTING, "--set", "ingress.enabled=false"))["backend"])["client_address_hops"] == "0"
    assert variables(parts(scenario(CHART / "ci/single-app-values.yaml"))["all"])["client_address_hops"] == "2"


def test_peers_are_named_by_variables():
    """With some components left out, the shim refuses to start where another names one of them literally."""
    hosts = [host for block in MANIFEST["component"].values() for host in block.get("allowed_outbound_hosts", [])]
    assert hosts and not [host for host in hosts if "spin.internal" in host]


def test_another_mail_server_may_be_reached():
    given = variables(parts(render(*EXISTING, "--set", "variables.mail_api_origin=https://mail.example.com"))["backend"])
    assert given["mail_api_origin"] == "https://mail.example.com"


def test_required_variables_are_always_set():
    for app in parts(render(*EXISTING)).values():
        for name, variable in MANIFEST["variables"].items():
            assert not variable.get("required") or variables(app)[name], name


def objects_in(schema, path=""):
    """Every schema of an object with members of its own, by its place."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield path, schema
        for key, value in schema.items():
            yield from objects_in(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from objects_in(value, f"{path}/{number}")


def test_the_values_are_checked_at_every_level():
    found = dict(objects_in(json.loads((CHART / "values.schema.json").read_text())))
    assert len(found) > 20
    assert not [path for path, schema in found.items() if schema.get("additionalProperties") is not False]


def concrete(route):
    """An address that the route serves."""
    return "/" + "/".join("x" if s.startswith(":") or s == "..." else s for s in route.strip("/").split("/"))


def served(paths, address):
    """The service that an Ingress sends the address to: the longest prefix, segment by segment."""
    matching = [p for p in paths if p["path"] == "/" or address == p["path"] or address.startswith(p["path"] + "/")]
    return max(matching, key=lambda p: len(p["path"]))["backend"]["service"]["name"]


@pytest.mark.parametrize("file", ["minikube", "production", "external-secrets"])
def test_every_route_of_the_app_arrives_at_a_part_that_has_its_component(file):
    objects = scenario(CHART / f"ci/{file}-values.yaml")
    components = {o["metadata"]["name"]: o["spec"]["components"] for o in objects if o["kind"] == "SpinApp"}
    rules = one(objects, "Ingress")["spec"]["rules"]
    for rule, trigger in itertools.product(rules, MANIFEST["trigger"]["http"]):
        if isinstance(trigger["route"], str) and not trigger["route"].startswith("/internal/"):
            service = served(rule["http"]["paths"], concrete(trigger["route"]))
            assert trigger["component"] in components[service], trigger


def test_values_of_an_earlier_release_get_the_clock_beside_tasks_and_session_beside_auth():
    apps = parts(render(*EXISTING, "--set-json", 'apps.backend.components=["auth","tasks","chat","health"]'))
    assert apps["backend"]["spec"]["components"] == ["auth", "tasks", "chat", "health", "clock", "session"]


def test_every_component_is_in_exactly_one_part_and_health_in_each():
    apps = parts(render(*EXISTING))
    placed = [c for app in apps.values() for c in app["spec"]["components"]]
    assert {c: placed.count(c) for c in MANIFEST["component"]} == {c: len(apps) if c == "health" else 1 for c in MANIFEST["component"]}
    assert {part: app["spec"]["components"] for part, app in apps.items()} == {
        "frontend": ["web", "health"],
        "backend": ["auth", "session", "tasks", "chat", "clock", "health"],
        "mcp": ["mcp", "health"],
    }


def test_a_changed_secret_of_the_chart_s_own_rolls_the_pods_and_nothing_else_does():
    def checksum(*arguments):
        app = parts(render("--values", SECRETS, *arguments))["mcp"]
        return app["spec"]["podAnnotations"]["checksum/secrets"]

    assert checksum() == checksum("--set", "appDefaults.replicas=2")
    changed = checksum("--set", "secrets.frontend.values.BETTER_AUTH_SECRET=another-0123456789abcdef0123456789abcdef")
    assert checksum() != changed


def test_a_name_is_never_longer_than_the_operator_can_deploy():
    text = helm_text("helm4", "--values", SECRETS, "--set", f"fullnameOverride={'n' * 40}")
    names = re.findall(r"(?m)^kind: SpinApp\nmetadata:\n  name: (\S+)$", text)
    assert len(set(names)) == 3 and all(len(name) <= 52 for name in names)


def test_the_policies_let_through_what_the_parts_need_and_no_more():
    objects = scenario(CHART / "ci/production-values.yaml")
    policies = {o["metadata"]["labels"]["app.kubernetes.io/component"]: o["spec"] for o in objects if o["kind"] == "NetworkPolicy"}
    ports = {part: sorted(p["port"] for rule in spec["egress"] for p in rule["ports"]) for part, spec in policies.items()}
    assert ports == {
        "frontend": [53, 53, 4318, 5432],
        "backend": [53, 53, 80, 80, 443, 4318, 5432],  # to mcp, and to its own Service for the key set
        "mcp": [53, 53, 80, 4318, 5432],
        "clock": [53, 53, 80],
    }

    def callers(part):
        sources = policies[part]["ingress"][0]["from"]
        labels = [s.get("podSelector", {}).get("matchLabels", {}).get("core.spinkube.dev/app-name") for s in sources]
        return [label for label in labels if label]

    reached = policies["clock"]["egress"][1]["to"]
    assert reached == [{"podSelector": {"matchLabels": {"core.spinkube.dev/app-name": "todo-chatbot-backend"}}}]
    assert "ingress" not in policies["clock"]
    labels = [s.get("podSelector", {}).get("matchLabels", {}).get("app.kubernetes.io/component") for s in policies["backend"]["ingress"][0]["from"]]
    assert "clock" in labels
    assert callers("frontend") == []
    assert callers("backend") == ["todo-chatbot-backend", "todo-chatbot-mcp"]
    assert callers("mcp") == ["todo-chatbot-backend"]
    for spec in policies.values():
        assert spec["policyTypes"] == ["Ingress", "Egress"]


def test_the_trial_database_is_reached_by_its_own_service_with_its_own_password():
    objects = scenario(CHART / "ci/minikube-values.yaml")
    url = one(objects, "Secret", "todo-backend-env")["stringData"]["DATABASE_URL"]
    assert url == "postgresql://todo:ci-only-password@todo-chatbot-postgresql.todo.svc.cluster.local:5432/todo?sslmode=disable"
    assert variables(parts(objects)["backend"])["database_address"] == "todo-chatbot-postgresql.todo.svc.cluster.local:5432"
    one(objects, "StatefulSet", "todo-chatbot-postgresql")


def test_hardening_touches_the_pods_of_this_release_alone():
    policy = one(scenario(CHART / "ci/hardened-values.yaml"), "MutatingAdmissionPolicy")["spec"]
    assert policy["matchConstraints"]["namespaceSelector"]["matchLabels"] == {"kubernetes.io/metadata.name": "todo"}
    names = policy["matchConstraints"]["objectSelector"]["matchExpressions"][0]
    assert names["values"] == ["todo-chatbot-backend", "todo-chatbot-frontend", "todo-chatbot-mcp"]
    patch = policy["mutations"][0]["jsonPatch"]["expression"]
    # `drop: [ALL]` alone leaves every capability in effect.
    assert re.search(r'drop: \["ALL"\],\s+add: \["NET_BIND_SERVICE"\]', patch)
    assert "readOnlyRootFilesystem: true" in patch and "preStop" in patch
