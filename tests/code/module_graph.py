"""Which file of a Rust crate uses which other one. A re-export is no use: a path through it counts for the file that
defines the item."""

import re
import tomllib
from pathlib import Path

from rust_source import ITEM, PATH, TEST_MODULE_FILE, USE, Source, use_paths


class Module:
    """One file of a crate."""

    def __init__(self, source: Source, path: tuple[str, ...]) -> None:
        self.source, self.path = source, path
        code = source.without_tests()
        self.items = {m["name"] for m in ITEM.finditer(code) if not m["indent"] and m["kind"] != "mod"}
        self.reexports: dict[str, str] = {}
        self.globs: list[str] = []
        self.uses: list[tuple[str, str]] = []
        for match in USE.finditer(code):
            for target, name in use_paths(match["tree"]):
                if match["public"] and not match["indent"]:
                    if name == "*":
                        self.globs.append(target.removesuffix("::*"))
                    else:
                        self.reexports[name] = target
                else:
                    self.uses.append((target, name))
        self.inline = PATH.findall(USE.sub("", code))


class Crate:
    """The files of a crate, those of tests left out."""

    def __init__(self, folder: Path) -> None:
        manifest = tomllib.loads((folder / "Cargo.toml").read_text())
        self.root = (folder / manifest.get("lib", {}).get("path", "src/lib.rs")).parent
        self.modules: dict[tuple[str, ...], Module] = {}
        skipped: set[Path] = set()
        files = sorted(self.root.rglob("*.rs"))
        sources = {file: Source(file, file.read_text()) for file in files}
        for file, source in sources.items():
            home = file.parent if file.name in ("mod.rs", "lib.rs", "main.rs") else file.parent / file.stem
            for name in TEST_MODULE_FILE.findall(source.text):
                skipped |= {home / f"{name}.rs", home / name}
        for file, source in sources.items():
            if file in skipped or any(parent in skipped for parent in file.parents) or file.stem == "tests":
                continue
            parts = list(file.relative_to(self.root).with_suffix("").parts)
            if parts[0] == "bin":
                continue
            if parts[-1] == "mod" or parts in (["lib"], ["main"]):
                parts.pop()
            path = tuple(parts)
            # A program beside a library is a crate of its own.
            if path not in self.modules or file.name == "lib.rs":
                self.modules[path] = Module(source, path)

    def edges(self) -> dict[Path, set[Path]]:
        """Each file with those that it uses."""
        graph = {module.source.path: set() for module in self.modules.values()}
        for module in self.modules.values():
            names = {name: target for target, name in module.uses}
            for target, name in module.uses:
                self.add(graph, module, target)
            for path in module.inline:
                first, _, rest = path.partition("::")
                if first in names and first not in ("crate", "self", "super"):
                    path = f"{names[first]}::{rest}"
                self.add(graph, module, path)
        return graph

    def add(self, graph: dict[Path, set[Path]], module: Module, path: str) -> None:
        target = self.resolve(module.path, path, set())
        if target and target is not module:
            graph[module.source.path].add(target.source.path)

    def resolve(self, here: tuple[str, ...], path: str, seen: set[tuple[tuple[str, ...], str]]) -> Module | None:
        """The module that defines what `path`, written in the module `here`, names; none where it is a module or foreign."""
        if path.startswith("::") or (here, path) in seen:
            return None
        seen.add((here, path))
        segments = path.split("::")
        if segments[0] == "crate":
            at, segments = (), segments[1:]
        elif segments[0] in ("self", "super") or here + (segments[0],) in self.modules:
            at = here
        else:
            return None
        for index, segment in enumerate(segments):
            if segment == "self":
                continue
            if segment == "super":
                at = at[:-1]
                continue
            if at + (segment,) in self.modules:
                at += (segment,)
                continue
            return self.definer(at, segment, segments[index + 1 :], seen)
        return None

    def definer(self, at: tuple[str, ...], name: str, rest: list[str], seen: set) -> Module | None:
        module = self.modules.get(at)
        if module is None:
            return None
        if name in module.items:
            return module
        if name in module.reexports:
            return self.resolve(at, "::".join([module.reexports[name], *rest]), seen)
        for glob in module.globs:
            found = self.resolve(at, "::".join([glob, name, *rest]), seen)
            if found:
                return found
        # `use super::*` and items that macros make.
        return module


def circles(graph: dict[Path, set[Path]]) -> list[list[Path]]:
    """The strongly connected parts of more than one file (Tarjan)."""
    index: dict[Path, int] = {}
    low: dict[Path, int] = {}
    stack: list[Path] = []
    found: list[list[Path]] = []

    def visit(node: Path) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for following in sorted(graph[node]):
            if following not in index:
                visit(following)
                low[node] = min(low[node], low[following])
            elif following in stack:
                low[node] = min(low[node], index[following])
        if low[node] == index[node]:
            part = []
            while True:
                part.append(stack.pop())
                if part[-1] == node:
                    break
            if len(part) > 1:
                found.append(sorted(part))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found
