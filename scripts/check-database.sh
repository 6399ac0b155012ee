#!/usr/bin/env bash
# Prints what a start will do with the database of DATABASE_URL, or with the private one, and changes nothing in it.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/env.sh

build_backend
give_all
postgres_started=''
trap '[ -z "$postgres_started" ] || scripts/postgres.sh stop' EXIT
open_database
checked=$(request_ready --variable check_database=true) || die "the database could not be read; the reason is above."
say "The $database_shown:"
show_sentences "$checked"
case $checked in
  *'It cannot be used'*) die "the app will not start with this database before that is changed; docs/move-in.md says what is taken." ;;
  *'"notes"'*) say "
Nothing was changed. \`make up\` does this." ;;
  *) say "It is up to date; a start changes nothing." ;;
esac
