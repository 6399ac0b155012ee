#!/usr/bin/env python3
"""Failure drills: does something to a running release under load, and prints the requests that failed and the time to recover.

  scripts/drill.py --url http://todo.local pods rollout scale       drills by name (`all` for all)
  scripts/drill.py --url http://localhost:3000 --run 'NAME=COMMAND'     a drill of your own: any command

The load is one new account that reads the page, lists its tasks and adds tasks. At the end every task that the app acknowledged must
be in the list. The exit code is 1 if one is lost, or if the app does not recover within --patience seconds.

| drill | does |
|---|---|
| pods | deletes one pod of each part |
| all-pods | deletes all pods at once, as the restart of a node does |
| rollout | replaces all pods, part by part |
| scale | adds two pods to the backend and takes them away |
| database | stops the chart's own PostgreSQL for 30 seconds |
| secret | puts a new secret in front of the old one, and replaces the pods |
| keys | replaces the key that signs access tokens |

It needs kubectl, Python and an address that leads to the ingress. --dry-run prints the commands and changes nothing.
"""

import argparse
import base64
import json
import secrets
import shlex
import subprocess
import sys
import time

from drill_load import Account, Client, Load, lost

DRILLS = ("pods", "all-pods", "rollout", "scale", "database", "secret", "keys")


class Cluster:
    """The commands of the drills."""

    def __init__(self, options):
        self.options = options
        self.kubectl = ["kubectl", "--namespace", options.namespace]
        if options.context:
            self.kubectl[1:1] = ["--context", options.context]
        self.selector = f"app.kubernetes.io/instance={options.release},core.spinkube.dev/app-name"
        self.backend = f"spinapps.core.spinkube.dev/{options.release}-backend"

    def run(self, *arguments, given=None, read=False):
        """Runs kubectl. Commands that only read run in a dry run too."""
        command = [*self.kubectl, *arguments]
        if self.options.dry_run and not read:
            print("  " + shlex.join(command))
            return ""
        done = subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"error: {shlex.join(command)} failed with {done.returncode}.")
        return done.stdout.strip()

    def names(self, kind, selector):
        return self.run("get", kind, "--selector", selector, "--output", "name", read=True).split()

    def wait(self):
        for name in self.names("deployments", self.selector):
            self.run("rollout", "status", name, "--timeout", f"{self.options.patience}s")

    def patch(self, part, spec):
        """Patches a SpinApp and waits for its pods. The operator changes the Deployment a moment after the patch."""
        name = f"{self.options.release}-{part}"
        generation = ("get", "deployment", name, "--output", "jsonpath={.metadata.generation}")
        before = self.run(*generation, read=True)
        self.run("patch", f"spinapps.core.spinkube.dev/{name}", "--type", "merge", "--patch", json.dumps({"spec": spec}))
        until = time.monotonic() + self.options.patience
        while not self.options.dry_run and self.run(*generation, read=True) == before:
            if time.monotonic() > until:
                sys.exit(f"error: the operator did not change the deployment {name}: see its log.")
            time.sleep(0.2)
        self.wait()

    def restart(self):
        self.run("rollout", "restart", "deployment", "--selector", self.selector)
        self.wait()

    def pods(self):
        for part in ("frontend", "backend", "mcp"):
            found = self.names("pods", f"{self.selector},app.kubernetes.io/component={part}")
            if found:
                self.run("delete", found[0], "--wait=false")
        self.wait()

    def all_pods(self):
        self.run("delete", "pods", "--selector", self.selector, "--wait=false")
        self.wait()

    rollout = restart

    def scale(self):
        before = self.run("get", self.backend, "--output", "jsonpath={.spec.replicas}", read=True)
        if not before:
            sys.exit("error: the backend is scaled automatically, so this drill does not apply.")
        more = int(before) + 2
        for replicas in (more, int(before)):
            self.patch("backend", {"replicas": replicas})

    def database(self):
        name = f"statefulset/{self.options.release}-postgresql"
        if not self.run("get", name, "--ignore-not-found", "--output", "name", read=True):
            sys.exit("error: the database is not the chart's own: use --run with the command that stops and starts it.")
        self.run("scale", name, "--replicas", "0")
        if not self.options.dry_run:
            time.sleep(self.options.away)
        self.run("scale", name, "--replicas", "1")
        self.run("rollout", "status", name, "--timeout", f"{self.options.patience}s")

    def secret(self):
        """The new list goes by standard input: arguments are visible to others."""
        name = "secret/todo-frontend-env"
        data = json.loads(self.run("get", name, "--output", "json", read=True))["data"]
        value = {key: base64.b64decode(text).decode() for key, text in data.items()}
        now = value.get("BETTER_AUTH_SECRETS") or f"1:{value['BETTER_AUTH_SECRET']}"
        version = max(int(entry.split(":")[0]) for entry in now.split(",")) + 1
        patch = {"stringData": {"BETTER_AUTH_SECRETS": f"{version}:{secrets.token_urlsafe(36)},{now}"}}
        self.run("patch", name, "--type", "merge", "--patch-file", "/dev/stdin", given=json.dumps(patch))
        self.restart()

    def keys(self):
        """The variable is true for one rollout; the first reading of the key set rotates it."""
        variables = json.loads(self.run("get", self.backend, "--output", "json", read=True))["spec"]["variables"]
        rest = [variable for variable in variables if variable["name"] != "rotate_keys"]
        for wanted in ([*rest, {"name": "rotate_keys", "value": "true"}], rest):
            self.patch("backend", {"variables": wanted})


def drill(options, name, act):
    """Runs one drill under load and prints its row. Returns whether it passed."""
    client = Client(options.url, options.connect)
    account = Account(client)
    with Load(options, account) as load:
        load.running()
        began = time.monotonic()
        act()
        acted = time.monotonic() - began
        back = load.recovered()
    failures = sorted((at - began, status) for at, status in load.failures)
    recover = f"{failures[-1][0] - failures[0][0]:.1f}" if failures else "0"
    kinds = ", ".join(f"{sum(s == kind for _, s in failures)} × {kind or 'broken'}" for kind in sorted({s for _, s in failures}))
    gone = lost(client, account, load.added) if back else []
    print(f"| {name} | {acted:.0f} | {load.sent} | {len(failures)}{f' ({kinds})' if kinds else ''} | {recover if back else 'never'} | {len(gone)} |", flush=True)
    if gone:
        print(f"error: acknowledged and lost: {gone}", file=sys.stderr)
    return back and not gone


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drills", nargs="*", metavar="DRILL", help=f"{', '.join(DRILLS)}, or all")
    parser.add_argument("--url", required=True, help="the public address")
    parser.add_argument("--connect", help="the address to connect to, where the name does not resolve")
    parser.add_argument("--run", action="append", default=[], metavar="NAME=COMMAND", help="a drill of your own")
    parser.add_argument("--namespace", default="todo")
    parser.add_argument("--release", default="todo-chatbot")
    parser.add_argument("--context", help="kubectl's context")
    parser.add_argument("--rate", type=float, default=30, help="requests a second")
    parser.add_argument("--threads", type=int, default=6)
    parser.add_argument("--away", type=float, default=30, help="seconds without the database")
    parser.add_argument("--quiet", type=float, default=5, help="seconds without a failure after which the app has recovered")
    parser.add_argument("--patience", type=int, default=300, help="seconds to recover")
    parser.add_argument("--dry-run", action="store_true", help="print the commands alone")
    options = parser.parse_args()
    unknown = set(options.drills) - {*DRILLS, "all"}
    if any("=" not in own for own in options.run):
        parser.error("--run takes NAME=COMMAND.")
    if unknown or not (options.drills or options.run):
        parser.error(f"name drills: {', '.join(DRILLS)}, or all; or give --run.")
    return options


def main():
    options = parse()
    cluster = Cluster(options)
    names = DRILLS if "all" in options.drills else options.drills
    acts = [(name, getattr(cluster, name.replace("-", "_"))) for name in names]
    for own in options.run:
        name, _, command = own.partition("=")
        acts.append((name, lambda command=command: subprocess.run(command, shell=True, check=True)))
    if options.dry_run:
        for name, act in acts:
            print(f"{name}:")
            act()
        return
    print("| drill | seconds it took | requests | failed | seconds to recover | acknowledged and lost |\n|---|---|---|---|---|---|")
    passed = [drill(options, name, act) for name, act in acts]
    print("The accounts drill-…@example.com stay, unless DELETE_USER lets them go.")
    sys.exit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()
