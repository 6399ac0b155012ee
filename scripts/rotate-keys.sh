#!/usr/bin/env bash
# Makes the next key that signs access tokens, in the database of DATABASE_URL or in the private one. The key is published at
# once and signs ten minutes later, when every verifier has read it. The old key stays published until its tokens have expired.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/env.sh

build_backend
give_all
postgres_started='' scratch=$(mktemp -d)
trap 'rm -rf "$scratch"; [ -z "$postgres_started" ] || scripts/postgres.sh stop' EXIT
open_database
target/debug/todo-host request --quiet --state-dir "$scratch" --cache-dir target/host-cache --component auth \
  --variable rotate_keys=true GET /api/auth/jwks >"$scratch/keys" 2>"$scratch/log" || { cat "$scratch/log" >&2; die "the keys were not rotated."; }
cat "$scratch/keys"
say "
The $database_shown has these keys now. A key that is less than a minute old is not replaced."
