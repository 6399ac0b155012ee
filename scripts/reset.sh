#!/usr/bin/env bash
# Drops the private database and the key-value store. Asks first.
set -eu
. "$(dirname "$0")/lib.sh"

if [ "${CONFIRM-}" != yes ]; then
  [ -t 0 ] || die "this drops the private database: say so with \`make reset CONFIRM=yes\`."
  printf 'Drop the private database (.data/postgres) and the key-value store (.spin)? Type yes: '
  read -r answer
  [ "$answer" = yes ] || die "nothing was dropped."
fi
scripts/postgres.sh remove
rm -rf .spin .data
say "Dropped the private database and the key-value store. .env is kept."
