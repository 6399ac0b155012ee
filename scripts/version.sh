#!/usr/bin/env bash
# The version of a release stands in Cargo.toml, [workspace.package]. This script copies it to the files that other programs
# read (`make version VERSION=0.3.0`), or checks that they agree (`scripts/version.sh --check`).
set -eu
. "$(dirname "$0")/lib.sh"

version() { sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml; }

# FILE and a sed expression whose group 1 and 2 enclose the version.
copies=(
  'spin.toml|^(version = ")[^"]*(")'
  'charts/todo-chatbot/Chart.yaml|^(version: ).*()$'
  'charts/todo-chatbot/Chart.yaml|^(appVersion: ).*()$'
  'clients/server.json|^(  "version": ")[^"]*(")'
)

copy() { # VERSION: prints each file whose text would change, and writes it unless this is a check
  local entry file pattern text
  for entry in "${copies[@]}"; do
    file=${entry%%|*} pattern=${entry#*|}
    text=$(sed -E "s~$pattern~\\1$1\\2~" "$file")
    [ "$text" != "$(cat "$file")" ] || continue
    say "$file"
    [ -n "${check-}" ] || printf '%s\n' "$text" >"$file"
  done
}

case ${1-} in
  --check)
    check=yes
    wrong=$(copy "$(version)")
    [ -z "$wrong" ] || die "these do not say version $(version) of Cargo.toml (run \`make version VERSION=$(version)\`):
$wrong"
    grep -q "^## \[$(version)\]" CHANGELOG.md || grep -q '^## \[Unreleased\]' CHANGELOG.md || die "CHANGELOG.md has no section for $(version)."
    ;;
  [0-9]*.[0-9]*.[0-9]*)
    sed -E -i.before "/^\[workspace.package\]/,/^\[/s/^version = \".*\"/version = \"$1\"/" Cargo.toml
    rm Cargo.toml.before
    copy "$1" >/dev/null
    cargo update --workspace --quiet
    cargo run --quiet --bin openapi >ui/public/api/openapi.json
    scripts/chart.sh
    say "The version is $1. Give its changes a heading in CHANGELOG.md, commit, and tag the commit v$1."
    ;;
  '') version ;;
  *) die "usage: scripts/version.sh [--check | MAJOR.MINOR.PATCH]" ;;
esac
