#!/usr/bin/env bash
# Applies the migrations to the database of DATABASE_URL, or to the private one, and prints what /ready says then.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/env.sh

build_for health
give_all
postgres_started=''
trap '[ -z "$postgres_started" ] || scripts/postgres.sh stop' EXIT
open_database
export SPIN_VARIABLE_AUTO_MIGRATE=true
ready_once || die "the migrations were not applied to the $database_shown; why is said above."
say "
The $database_shown is up to date."
