#!/usr/bin/env bash
# Measures the clock on a private database, with a stand-in for a push service: a tick with nothing due, one with 50 reminders due, and many due at
# once with three clocks. Build first (`make build`). Writes its table into bench/README.md.
# TICKS      how many ticks with nothing due; default: 500. With 50 due there are a tenth of them.
# REMINDERS  how many are due at once; default: 10000
# PORT       a free port; default: 3994
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
export PORT=${PORT:-3994} RUNTIME=host POSTGRES_DURABLE=${POSTGRES_DURABLE-no} TICKS=${TICKS:-500} REMINDERS=${REMINDERS:-10000}
. bench/app.sh
why=$(missing_program psql; missing_node; missing_python)
[ -z "$why" ] || die "$why"
install_packages tests

mkfifo "$scratch/open" # the stand-in ends when its standard input does
node tests/stand-ins/push.mjs 0 <"$scratch/open" >"$scratch/push" &
others+=($!)
exec 9>"$scratch/open"
until [ -s "$scratch/push" ]; do
  kill -0 "${others[0]}" 2>/dev/null || die "the stand-in for a push service does not start."
  sleep 0.1
done
PUSH_URL=$(cat "$scratch/push") CLOCK_SECRET=a-secret-of-the-clock-forty-characters
start_app spin.toml "push_service_origin=$PUSH_URL" "clock_secret=$CLOCK_SECRET" vapid_private_key=RS0WdYWWo1HajXg3NZR1olzCf31i-ZBGDkFyCs7j1jw

export PUSH_URL CLOCK_SECRET BASE_URL=$base DATABASE_URL=$database
python3 bench/reminders.py "$app" "$(head -n 1 "$scratch/postgres/data/postmaster.pid")" >"$scratch/table" || { tail -n 5 "$scratch/log" >&2; exit 1; }
write_table reminders "$scratch/table"
