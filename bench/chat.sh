#!/usr/bin/env bash
# Measures a turn of the chat without its model, on a private database: a stand-in for Gemini responds at once, with one tool call
# and then with a sentence. Turns run one at a time. Writes its table into bench/README.md.
# TURNS    the number of turns of each kind; default: 300
# PORT     a free port; default: 3997
# RUNTIME  `host`, the default, or `spin`, which must be on PATH
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
export PORT=${PORT:-3997} POSTGRES_DURABLE=${POSTGRES_DURABLE-no} RUNTIME=${RUNTIME:-host} TURNS=${TURNS:-300}
. bench/app.sh
why=$(missing_program curl; missing_node)
[ -z "$why" ] || die "$why"

node bench/chat.mjs model >"$scratch/model" &
others+=($!)
until [ -s "$scratch/model" ]; do
  kill -0 "${others[0]}" 2>/dev/null || die "the stand-in for Gemini does not start."
  sleep 0.1
done
MODEL_URL=$(cat "$scratch/model")
start_app spin.toml "gemini_url=$MODEL_URL" gemini_api_key=none max_tasks_per_user=1000000000 rate_limit_per_minute=1000000000 \
  chat_rate_limit=1000000000/300 chat_daily_tokens=1000000000 chat_daily_usd=1000000

export BASE_URL=$base MODEL_URL
node bench/chat.mjs measure >"$scratch/table" || { tail -n 5 "$scratch/log" >&2; exit 1; }
case $RUNTIME in spin) write_table chat_spin "$scratch/table" ;; *) write_table chat "$scratch/table" ;; esac
