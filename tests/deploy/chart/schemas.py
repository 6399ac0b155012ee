"""JSON schemas for kubeconform: Kubernetes' own from its module's OpenAPI documents, the others from CRDs; strict."""

import json
import pathlib
import subprocess

import yaml

HERE = pathlib.Path(__file__).resolve().parent
KUBERNETES = "v1.37.2"
GATEWAY = "v1.5.0"
# The OpenAPI document of each group that the chart and runtime-class/ use.
DOCUMENTS = {
    "api__v1": ["Secret", "Service", "ServiceAccount", "Pod", "Namespace", "ConfigMap"],
    "apis__apps__v1": ["StatefulSet", "Deployment", "DaemonSet"],
    "apis__autoscaling__v2": ["HorizontalPodAutoscaler"],
    "apis__batch__v1": ["CronJob"],
    "apis__networking.k8s.io__v1": ["Ingress", "NetworkPolicy"],
    "apis__node.k8s.io__v1": ["RuntimeClass"],
    "apis__policy__v1": ["PodDisruptionBudget"],
    "apis__rbac.authorization.k8s.io__v1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    "apis__admissionregistration.k8s.io__v1": ["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"],
}


def module(name, version):
    """The folder of a Go module, downloaded once into Go's own cache."""
    response = subprocess.run(["go", "mod", "download", "-json", f"{name}@{version}"], check=True, capture_output=True, cwd="/")
    return pathlib.Path(json.loads(response.stdout)["Dir"])


def crd_files():
    """Our own minimal CRDs, and Gateway API's of HTTPRoute and ReferenceGrant."""
    gateway = module("sigs.k8s.io/gateway-api", GATEWAY) / "config/crd/standard"
    theirs = [gateway / f"gateway.networking.k8s.io_{kinds}.yaml" for kinds in ("httproutes", "referencegrants")]
    return [*sorted((HERE / "crds").glob("*.yaml")), *theirs]


def write(folder):
    """Writes KIND-GROUP-VERSION.json for everything into the folder."""
    specs = module("k8s.io/kubernetes", KUBERNETES) / "api/openapi-spec/v3"
    for document, kinds in DOCUMENTS.items():
        schemas = json.loads((specs / f"{document}_openapi.json").read_text())["components"]["schemas"]
        for kind in kinds:
            write_kind(folder, schemas, kind)
    for file in crd_files():
        for crd in yaml.safe_load_all(file.read_text()):
            write_crd(folder, crd)


def write_kind(folder, schemas, kind):
    """One of Kubernetes' kinds, with the schemas that it refers to."""
    for name, schema in schemas.items():
        for version in schema.get("x-kubernetes-group-version-kind", []):
            if version["kind"] == kind:
                content = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": reachable(schemas, name)}}
                save(folder, version, content)


def reachable(schemas, name):
    """The schema of this name and all that it refers to, each strict."""
    found, todo = {}, [name]
    while todo:
        name = todo.pop()
        if name not in found:
            found[name] = strict(schemas[name])
            todo += [ref.rsplit("/", 1)[1] for ref in references(schemas[name])]
    return found


def references(node):
    """Every $ref below the node."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def strict(node):
    """The same schema, refusing members it does not name; what either an integer or a string may be is."""
    if isinstance(node, list):
        return [strict(value) for value in node]
    if not isinstance(node, dict):
        return node
    new = {key: strict(value) for key, value in node.items() if not key.startswith("x-kubernetes")}
    if node.get("x-kubernetes-int-or-string"):
        return {"type": ["integer", "string"]}
    if isinstance(node.get("properties"), dict) and "additionalProperties" not in node and not node.get("x-kubernetes-preserve-unknown-fields"):
        new["additionalProperties"] = False
    return new


def write_crd(folder, crd):
    """Each version of a CRD; metadata is any object, and apiVersion and kind are allowed."""
    for version in crd["spec"]["versions"]:
        schema = strict(version["schema"]["openAPIV3Schema"])
        schema["properties"]["metadata"] = {"type": "object"}
        save(folder, {"group": crd["spec"]["group"], "version": version["name"], "kind": crd["spec"]["names"]["kind"]}, schema)


def save(folder, version, content):
    """Under kubeconform's name for it, where the core group is called by its version."""
    name = f"{version['kind'].lower()}-{version['group'] or version['version']}-{version['version']}.json"
    (folder / name).write_text(json.dumps(content))
