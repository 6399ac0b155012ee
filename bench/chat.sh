#!/usr/bin/env bash
# What a turn of the chat costs beside its model: on this project's host and a private database, with a stand-in for Gemini that
# answers at once, one call of a tool and then a sentence. One turn at a time. Writes its table into bench/README.md.
# TURNS  how many are measured of each kind; default 300      PORT  a free port; default 3997
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
. scripts/test-tools.sh
. bench/table.sh
why=$(missing_program curl; missing_node)
[ -z "$why" ] || die "$why"
[ -x target/debug/todo-host ] || die "the app is not built: run \`make build\`."
export PORT=${PORT:-3997} POSTGRES_DURABLE=${POSTGRES_DURABLE-no} TURNS=${TURNS:-300}
export BASE_URL=http://127.0.0.1:$PORT
scratch=$(mktemp -d)
chmod 755 "$scratch"
export POSTGRES_DIR=$scratch/postgres
host='' model=''
# shellcheck disable=SC2317,SC2329 # the trap calls it
tidy() {
  for process in $host $model; do
    kill "$process" 2>/dev/null || :
    wait "$process" 2>/dev/null || :
  done
  scripts/postgres.sh remove >/dev/null 2>&1 || :
  rm -rf "$scratch"
}
trap tidy EXIT

scripts/postgres.sh start >/dev/null
database=$(scripts/postgres.sh url)
address=${database##*@}
node bench/chat.mjs model >"$scratch/model" &
model=$!
until [ -s "$scratch/model" ]; do
  kill -0 "$model" 2>/dev/null || die "the stand-in for Gemini does not start."
  sleep 0.1
done
MODEL_URL=$(cat "$scratch/model")
export MODEL_URL
target/debug/todo-host up --quiet --state-dir "$scratch/state" --cache-dir target/host-cache --listen "127.0.0.1:$PORT" \
  --variable "database_url=$database" --variable "database_address=${address%%/*}" --variable "better_auth_url=$BASE_URL" \
  --variable better_auth_secret=a-secret-for-the-bench-forty-characters --variable "gemini_url=$MODEL_URL" \
  --variable gemini_api_key=none --variable max_tasks_per_user=1000000000 --variable rate_limit_per_minute=1000000000 \
  --variable chat_rate_limit=1000000000/300 --variable chat_daily_tokens=1000000000 --variable chat_daily_usd=1000000 >"$scratch/log" 2>&1 &
host=$!
until curl -fsS "$BASE_URL/ready" >/dev/null 2>&1; do
  kill -0 "$host" 2>/dev/null || { cat "$scratch/log" >&2; exit 1; }
  sleep 0.1
done

node bench/chat.mjs measure >"$scratch/table" || { tail -n 5 "$scratch/log" >&2; exit 1; }
write_table chat "$scratch/table"
