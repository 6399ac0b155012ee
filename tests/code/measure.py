"""Measures how the code reads and fails where a bound is passed: `python3 tests/code/measure.py [--list]`.

Names of types, circles between modules, lengths of functions and files, SQL in Rust strings, and the tests that docs/asvs.md
names. `exceptions.toml` lists what is meant, each with its reason. Python's standard library alone.
"""

import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from module_graph import Crate, circles  # noqa: E402
from rust_source import ITEM, Source, functions  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
MAX_ONE_WORD = 25  # percent
MAX_SHARED_NAMES = 5
MAX_FUNCTION = 60  # lines
MAX_FILE = 300  # lines
TYPES = ("struct", "enum", "union", "trait", "type")
SQL = re.compile(r"^\s*(select|insert into|update|delete from|with|create|alter|drop|do)\s", re.IGNORECASE)
SQL_BODY = re.compile(r"\b(from|set|values|table|into|select|function|index|view)\b", re.IGNORECASE)
READ_BY_PEOPLE = (".rs", ".ts", ".tsx", ".css", ".js", ".mjs", ".py", ".sh", ".sql")


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def is_test(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return parts[0] in ("tests", "bench") or "tests" in parts or path.stem == "tests" or path.stem.endswith("_tests") or "testing" in parts


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


class Measure:
    """One figure, its bound and what is counted in it."""

    def __init__(self, name: str, bound: float, value: float, details: list[str], unit: str = "") -> None:
        self.name, self.bound, self.value, self.details, self.unit = name, bound, value, details, unit

    @property
    def holds(self) -> bool:
        return self.value <= self.bound


def type_names(sources: list[Source], shared: dict[str, str]) -> list[Measure]:
    places: dict[str, set[str]] = defaultdict(set)
    exported: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for match in ITEM.finditer(source.without_tests()):
            # Associated types have an indent; types inside functions are nobody's vocabulary.
            if match["kind"] not in TYPES or match["indent"]:
                continue
            places[match["name"]].add(short(source.path))
            if match["public"] == "pub ":
                exported[match["name"]].add("/".join(source.path.relative_to(ROOT).parts[:2]))
    one_word = sorted(name for name in places if re.fullmatch(r"[A-Z][a-z0-9]*", name))
    repeated = {name: files for name, files in places.items() if len(files) > 1 and name not in shared}
    twice = {name: crates for name, crates in exported.items() if len(crates) > 1 and name not in shared}
    return [
        Measure("type names of one word", MAX_ONE_WORD, round(100 * len(one_word) / len(places), 1), [" ".join(one_word)], "%"),
        Measure("type names in two or more files", MAX_SHARED_NAMES, len(repeated), [f"{name}: {', '.join(sorted(files))}" for name, files in sorted(repeated.items())]),
        Measure("exported type names in two crates", 0, len(twice), [f"{name}: {', '.join(sorted(crates))}" for name, crates in sorted(twice.items())]),
    ]


def long_parts(files: list[Path], rust: list[Source], long_files: dict[str, str]) -> list[Measure]:
    functions_over = [
        f"{short(source.path)}:{line} {name}: {length} lines"
        for source in rust
        for name, line, length in functions(source.code)
        if length > MAX_FUNCTION
    ]
    files_over = []
    for path in files:
        if path.suffix in READ_BY_PEOPLE and short(path) not in long_files:
            length = path.read_text(errors="replace").count("\n")
            if length > MAX_FILE:
                files_over.append(f"{short(path)}: {length} lines")
    return [
        Measure(f"functions over {MAX_FUNCTION} lines", 0, len(functions_over), functions_over),
        Measure(f"files over {MAX_FILE} lines", 0, len(files_over), files_over),
    ]


def sql_in_strings(sources: list[Source]) -> Measure:
    found = []
    for source in sources:
        test_from = source.text.find("#[cfg(test)]\nmod ")
        limit = source.text.count("\n", 0, test_from) if test_from >= 0 else None
        for literal in source.literals:
            if (limit is None or literal.line <= limit) and SQL.match(literal.text) and SQL_BODY.search(literal.text):
                found.append((f"{short(source.path)}:{literal.line}", literal.text.count("\n") + 1))
    return Measure("lines of SQL in Rust strings", 0, sum(lines for _, lines in found), [place for place, _ in found])


def named_tests() -> Measure:
    """The end-to-end tests and paths that docs/asvs.md gives as proof."""
    text = (ROOT / "docs/asvs.md").read_text()
    gone = [name for name in re.findall(r"`((?:components|crates|tests)/[^`]+)`", text) if not (ROOT / name).exists()]
    for name in re.findall(r"`([a-z_]+(?:::[a-z_]+)+)`", text):
        module = ROOT / "tests/e2e" / name.replace("::", "/")
        parent = module.parent.with_suffix(".rs")
        is_module = module.is_dir() or module.with_suffix(".rs").is_file()
        if not is_module and not (parent.is_file() and f"async fn {module.name}(" in parent.read_text()):
            gone.append(name)
    return Measure("tests named in docs/asvs.md that are gone", 0, len(gone), gone)


def module_circles(files: list[Path]) -> Measure:
    crates = sorted({path.parent for path in files if path.name == "Cargo.toml" and "[package]" in path.read_text()})
    found = [circle for crate in crates for circle in circles(Crate(crate).edges())]
    return Measure("circles between modules", 0, len(found), [" ⇄ ".join(short(path) for path in circle) for circle in found])


def main() -> int:
    exceptions = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text())
    files = tracked()
    rust = [Source(path, path.read_text()) for path in files if path.suffix == ".rs"]
    production = [source for source in rust if not is_test(source.path)]
    measures = [
        *type_names(production, exceptions["shared_names"]),
        module_circles(files),
        *long_parts(files, rust, exceptions["long_files"]),
        sql_in_strings(production),
        named_tests(),
    ]
    stale = [name for name in exceptions["long_files"] if not (ROOT / name).is_file()]
    measures.append(Measure("exceptions for files that are gone", 0, len(stale), stale))
    for measure in measures:
        print(f"{measure.name:42} {measure.value:6g}{measure.unit}  (at most {measure.bound:g}{measure.unit})")
        if not measure.holds or "--list" in sys.argv[1:]:
            for detail in measure.details:
                print(f"    {detail}")
    failed = sum(not measure.holds for measure in measures)
    print(f"{len(measures) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
