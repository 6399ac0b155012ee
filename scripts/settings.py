"""Writes .env.example and the table in docs/operations.md from scripts/settings.toml.

`settings.py` writes them; `settings.py --check` fails where they are not up to date. Both fail where the names differ from
the variables of spin.toml and from the settings that the scripts read.
"""

import pathlib
import re
import sys
import textwrap
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPERATIONS = ROOT / "docs/operations.md"
HEAD = """\
# Settings of the app, written by scripts/settings.py. `make up` reads them from .env (ignored by git): copy the lines you
# need. None is required; a setting that is left out has the default named here. The environment wins over .env. Each name is
# also read with the prefix NEXT_PUBLIC_. Lines are NAME=VALUE; quotes are allowed; ` #` begins a comment. Nothing is run.
"""
TABLE = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)


def default(setting, variables):
    """The default in Markdown: the setting's own text, or the values in spin.toml."""
    if "default" in setting:
        return setting["default"]
    return ", ".join(f"`{variables[name]['default']}`" for name in setting["variables"])


def env_example(settings, variables):
    """The text of .env.example."""
    blocks = [HEAD]
    for setting in settings:
        names = setting.get("names", [])
        if not names:
            continue
        text = f"{setting['text']} Default: {default(setting, variables)}."
        if "section" in setting:
            text += f" See \"{setting['section']}\" in docs/operations.md."
        comment = textwrap.wrap(text, 118, break_on_hyphens=False, break_long_words=False)
        values = setting.get("examples") or [variables[name]["default"] for name in setting["variables"]] or [setting["default"].strip("`")]
        lines = [f"#{name}={value}" for name, value in zip(names, values, strict=True)]
        blocks.append("".join(f"# {line}\n" for line in comment) + "".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)


def table(settings, variables):
    """The table for docs/operations.md."""
    lines = ["| setting | Spin variable | default | meaning |", "|---|---|---|---|"]
    for setting in settings:
        text = setting["text"]
        if "section" in setting:
            text += f" See [{setting['section']}](#{setting['section'].lower().replace(' ', '-')})."
        cells = [quoted(setting.get("names", [])), quoted(setting["variables"]), default(setting, variables), text]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def quoted(names):
    """Names as code, or a dash."""
    return ", ".join(f"`{name}`" for name in names) or "–"


def names_in_scripts():
    """The settings that the scripts read, and those of them whose variable has the same name."""
    text = (ROOT / "scripts/env.sh").read_text()
    same = re.search(r"^same_name=\((.*?)\)", text, re.DOTALL | re.MULTILINE)[1].split()
    read = re.findall(r"\$\(setting ([A-Z_]+)\)|^ *give_url ([A-Z_]+) ", text, re.MULTILINE)
    return {name for match in read for name in match if name} | set(same), same


def problems(settings, variables):
    """One sentence for each name that is not the same everywhere."""
    listed = [name for setting in settings for name in setting["variables"]]
    names = [name for setting in settings for name in setting.get("names", [])]
    read, same = names_in_scripts()
    for name in sorted(set(variables) ^ set(listed)):
        yield f"the variable {name} is {'not in scripts/settings.toml' if name in variables else 'not in spin.toml'}"
    for name in sorted(set(names) ^ read):
        yield f"the setting {name} is {'not in scripts/settings.toml' if name in read else 'not read by scripts/env.sh'}"
    for name in {name for name in [*listed, *names] if [*listed, *names].count(name) > 1}:
        yield f"{name} is in scripts/settings.toml twice"
    headings = re.findall(r"^#+ (.*)$", OPERATIONS.read_text(), re.MULTILINE)
    for section in sorted({setting["section"] for setting in settings if "section" in setting} - set(headings)):
        yield f"docs/operations.md has no section \"{section}\""
    pairs = {pair for setting in settings for pair in zip(setting.get("names", []), setting["variables"], strict=False)}
    for name in same:
        if (name, name.lower()) not in pairs:
            yield f"scripts/env.sh gives {name} to the variable {name.lower()}, and scripts/settings.toml does not"


def main():
    check = sys.argv[1:] == ["--check"]
    settings = tomllib.loads((ROOT / "scripts/settings.toml").read_text())["setting"]
    settings = [{"variables": [], **setting} for setting in settings]
    variables = tomllib.loads((ROOT / "spin.toml").read_text())["variables"]
    found = list(problems(settings, variables))
    if found:
        sys.exit("\n".join(f"error: {problem}." for problem in found))
    wanted = {
        ROOT / ".env.example": env_example(settings, variables),
        OPERATIONS: TABLE.sub(lambda _: table(settings, variables), OPERATIONS.read_text()),
    }
    for file, text in wanted.items():
        if check and file.read_text() != text:
            sys.exit(f"error: {file.relative_to(ROOT)} does not match scripts/settings.toml: run `make settings` and commit what changes.")
        if not check:
            file.write_text(text)


if __name__ == "__main__":
    main()
