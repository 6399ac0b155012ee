"""Reads Rust sources as rustfmt writes them: items, functions, paths and string literals, without comments."""

import re
from dataclasses import dataclass, field
from pathlib import Path

TOKEN = re.compile(
    r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<raw>b?r(?P<hashes>\#*)"(?P<rawtext>.*?)"(?P=hashes))
  | (?P<string>b?"(?P<text>(?:\\.|[^"\\])*)")
  | (?P<char>b?'(?:\\[^u]|\\u\{[^}]*\}|[^'\\])')
    """,
    re.VERBOSE | re.DOTALL,
)
ITEM = re.compile(
    r"^(?P<indent> *)(?P<public>pub(?:\([a-z: ]+\))? )?(?:unsafe |async |const |default )*"
    r"(?P<kind>struct|enum|union|trait|type|fn|const|static|mod|macro_rules!) (?P<name>\w+)",
    re.MULTILINE,
)
USE = re.compile(r"^(?P<indent> *)(?P<public>pub(?:\([a-z: ]+\))? )?use (?P<tree>[^;]+);", re.MULTILINE)
PATH = re.compile(r"(?<![\w:$])(?:::)?[a-z_]\w*(?:::\w+)+")
TEST_MODULE = re.compile(r"^#\[cfg\(test\)\]\n(?:#\[[^\n]*\]\n)*(?:pub(?:\([a-z: ]+\))? )?mod \w+ \{\n.*?^\}\n", re.MULTILINE | re.DOTALL)
TEST_MODULE_FILE = re.compile(r"#\[cfg\((?:test|any\(test[^\n]*)\)\]\n(?:#\[[^\n]*\]\n)*(?:pub(?:\([a-z: ]+\))? )?mod (\w+);")


@dataclass
class Literal:
    """A string literal: its text and the number of its first line."""

    text: str
    line: int


@dataclass
class Source:
    """One file: `code` has blanks in place of comments and of what string literals hold; lines keep their numbers."""

    path: Path
    text: str
    code: str = ""
    literals: list[Literal] = field(default_factory=list)

    def __post_init__(self) -> None:
        def blank(match: re.Match[str]) -> str:
            if match["comment"] is None and match["char"] is None:
                text = match["rawtext"] if match["rawtext"] is not None else match["text"]
                self.literals.append(Literal(text, self.text.count("\n", 0, match.start()) + 1))
            return re.sub(r"[^\n]", " ", match[0]) if match["comment"] else '"' + re.sub(r"[^\n]", " ", match[0][1:-1]) + '"'

        self.code = TOKEN.sub(blank, self.text)

    def without_tests(self) -> str:
        """The code without its inline test module, which keeps its lines."""
        return TEST_MODULE.sub(lambda match: "\n" * match[0].count("\n"), self.code)


def functions(code: str) -> list[tuple[str, int, int]]:
    """Each function with a body: its name, first line and number of lines."""
    found = []
    lines = code.split("\n")
    for match in ITEM.finditer(code):
        if match["kind"] != "fn":
            continue
        first = code.count("\n", 0, match.start())
        end = first
        closing = match["indent"] + "}"
        while end < len(lines) and not lines[end].startswith(closing):
            # A body on one line, or a declaration without one.
            if lines[end].rstrip().endswith((";", "}")) and end == first:
                break
            end += 1
        found.append((match["name"], first + 1, end - first + 1))
    return found


def use_paths(tree: str) -> list[tuple[str, str]]:
    """The paths of a `use` tree, each with the name it binds (`*` for a glob)."""
    tree = re.sub(r"\s+", " ", tree).strip()
    if "{" not in tree:
        path, _, alias = tree.partition(" as ")
        path = path.removesuffix("::self")
        return [(path, alias or path.rsplit("::", 1)[-1])]
    before, rest = tree.split("{", 1)
    rest = rest.rsplit("}", 1)[0]
    parts, depth, start = [], 0, 0
    for at, char in enumerate(rest + ","):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == "," and depth == 0:
            parts.append(rest[start:at])
            start = at + 1
    return [
        (path, name if path != before + "self" else before.rstrip(":").rsplit("::", 1)[-1])
        for part in parts
        if part.strip()
        for path, name in use_paths(before + part.strip())
    ]
