#!/usr/bin/env bash
# Applies the migrations to the database of DATABASE_URL, or to the private one, and prints the response of /ready.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/env.sh

build_backend
give_all
postgres_started=''
trap '[ -z "$postgres_started" ] || scripts/postgres.sh stop' EXIT
open_database
export SPIN_VARIABLE_AUTO_MIGRATE=true
request_ready || die "the migrations were not applied to the $database_shown; the reason is above."
say "
The $database_shown is up to date."
