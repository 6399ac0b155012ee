#!/usr/bin/env bash
# Copies what was added to the tables of the predecessor since they were copied, in the database of DATABASE_URL or in the private one.
# Each row is copied once, however often this runs.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/env.sh

build_backend
give_all
postgres_started=''
trap '[ -z "$postgres_started" ] || scripts/postgres.sh stop' EXIT
open_database
export SPIN_VARIABLE_AUTO_MIGRATE=true
ready=$(request_ready --variable import_predecessor=true) || die "nothing was copied; the reason is above."
show_sentences "$ready"
say "
The tables of the $database_shown are copied."
