#!/usr/bin/env bash
# Applies the migrations to the database of DATABASE_URL, or to the private one, and prints what /ready says then.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/env.sh

why=$(missing_rust)
[ -z "$why" ] || die "$why"
scripts/wasm-target.sh
cargo build --quiet --release --target wasm32-wasip2 -p health
cargo build --quiet -p host

give_all
trap '[ -z "${postgres_started-}" ] || scripts/postgres.sh stop' EXIT
open_database
export SPIN_VARIABLE_AUTO_MIGRATE=true
state=$(mktemp -d)
code=0
target/debug/todo-host request --state-dir "$state" --cache-dir target/host-cache --component health GET /ready || code=$?
rm -rf "$state"
echo
[ "$code" = 0 ] || die "the migrations were not applied to the $database_shown; what /ready says is above."
say "The $database_shown is up to date."
