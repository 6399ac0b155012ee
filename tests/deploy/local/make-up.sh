#!/usr/bin/env bash
# `make up` as a newcomer runs it: it serves what README.md shows, Ctrl-C stops everything and loses nothing, a second start
# finds the same list, and what stands in its way is said in one sentence. Needs a built tree; leaves .env and .data alone.
set -eu
cd "$(dirname "$0")/../../.."
work=$(mktemp -d)
chmod 755 "$work"
export ENV_FILE=$work/env POSTGRES_DIR=$work/postgres STATE_DIR=$work/state RUNTIME=${RUNTIME:-host}
PORT=$(node -e 'const server = require("net").createServer().listen(0, () => { console.log(server.address().port); server.close(); })')
export PORT BASE_URL=http://localhost:$PORT
unset DATABASE_URL TEST_DATABASE_URL BETTER_AUTH_SECRET BETTER_AUTH_URL
up=''
fail() { printf 'error: %s\n' "$*" >&2; [ ! -e "$work/log" ] || cat "$work/log" >&2; exit 1; }
# shellcheck disable=SC2317,SC2329 # the trap calls it
tidy() {
  [ -z "$up" ] || { kill -INT -- "-$up" 2>/dev/null || :; wait "$up" || :; }
  scripts/postgres.sh remove >/dev/null 2>&1 || :
  rm -rf "$work"
}
trap tidy EXIT

start() {
  set -m # a process group of its own, as a terminal gives it
  env --default-signal=INT make up >"$work/log" 2>&1 </dev/null & # a parent may have switched it off
  up=$!
  set +m
  until grep -q 'Ctrl-C stops it' "$work/log"; do
    kill -0 "$up" 2>/dev/null || fail "make up ended"
    sleep 0.1
  done
}
interrupt() {
  kill -INT -- "-$up"
  wait "$up" || :
  up=''
  ! (: <"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || fail "something still listens on port $PORT"
  [ ! -e "$POSTGRES_DIR/data/postmaster.pid" ] || fail "PostgreSQL still runs"
}
refuses() { # words that it must say, then settings
  local words=$1
  shift
  ! env "$@" make up >"$work/log" 2>&1 </dev/null || fail "make up starts with $*"
  grep -q "^error: .*$words" "$work/log" || fail "make up with $* does not say: $words"
}

start
for said in "runs at http://localhost:$PORT" 'runtime ' 'private PostgreSQL' 'assistant  offline'; do
  grep -q "$said" "$work/log" || fail "make up does not say: $said"
done
grep -q '^BETTER_AUTH_SECRET=.\{32\}' "$ENV_FILE" || fail "no secret was generated"
node tests/deploy/local/readme.mjs
refuses "port $PORT is taken" X=
interrupt
start
response=$(curl -sS "$BASE_URL/api/auth/sign-in/email" -H 'content-type: application/json' -d '{"email":"ann@example.com","password":"correct horse"}')
[[ $response == *'"email":"ann@example.com"'* ]] || fail "the user is gone after a restart: $response"
interrupt
refuses 'no database responds at 127.0.0.1:1' DATABASE_URL=postgres://user:secret@127.0.0.1:1/none
refuses 'must begin with postgres' DATABASE_URL=mysql://user@localhost/none
refuses 'PORT must be a number' PORT=none
refuses 'RATE_LIMIT must be on, off or empty; .*DELETE_USER must be' RATE_LIMIT=sometimes DELETE_USER=maybe
refuses 'CHAT_RATE_LIMIT must be 2 numbers' CHAT_RATE_LIMIT=20
refuses 'CLOCK_SECRET must have at least 32 characters' CLOCK_SECRET=short
refuses 'VAPID_PRIVATE_KEY must be 32 bytes' VAPID_PRIVATE_KEY=short
! grep -q secret "$work/log" || fail "the log shows a password"
echo "make up: 1 passed, 0 failed"
