#!/usr/bin/env bash
# Checks what the project is built from: licences, sources and duplicates of crates, and known vulnerabilities of crates
# and npm packages. An advisory database that cannot be reached is reported; it does not fail the check.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/test-tools.sh

unchecked() { say "NOT CHECKED: $*"; }

cargo_deny() {
  if have cargo-deny; then cargo-deny --log-level error "$@"; else "$tools/supply-chain/bin/cargo-deny" --log-level error "$@"; fi
}

check_crates() {
  have cargo-deny || install_python "$tools/supply-chain" tests/supply-chain/requirements.txt
  cargo_deny check licenses bans sources
  # Not fetched: a copy of an earlier run will do.
  cargo_deny fetch db >/dev/null 2>&1 || :
  if compgen -G "${CARGO_HOME:-$HOME/.cargo}/advisory-dbs/*/crates" >/dev/null; then
    cargo_deny check --disable-fetch advisories
  else
    unchecked "advisories of crates: the RustSec database is neither reachable nor cached"
  fi
}

# npm_audit FOLDER [argument…]: fails on a vulnerability of high severity or worse.
npm_audit() {
  local folder=$1 report
  shift
  report=$(npm --prefix "$folder" audit --json --audit-level=high --fetch-retries=0 "$@" 2>/dev/null) && { say "npm audit of $folder ok"; return; }
  case $report in
    *'"auditReportVersion"'*) printf '%s\n' "$report" >&2; die "a package of $folder has a known vulnerability: see above." ;;
    *) unchecked "npm packages of $folder: the registry has no audit service" ;;
  esac
}

check_crates
npm_audit ui --omit=dev
npm_audit tests
npm_audit tests/clients/mcp
npm_audit tests/clients/hosts
say "supply chain: 1 passed, 0 failed"
