#!/usr/bin/env bash
# Measures the page with many tasks in a browser: what is sent, and how long its main thread is blocked. Writes its table into
# bench/README.md.
# TASKS  how many tasks the list has; default: 10000
# PORT   a free port; default: 3996
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
export PORT=${PORT:-3996} POSTGRES_DURABLE=${POSTGRES_DURABLE-no} RUNTIME=host TASKS=${TASKS:-10000}
. bench/app.sh
why=$(missing_node; missing_chromium)
[ -z "$why" ] || die "$why"
install_packages tests
find_chromium || : # empty: Playwright's own
export CHROMIUM
start_app spin.toml max_tasks_per_user=1000000000 rate_limit_per_minute=1000000000

export BASE_URL=$base
node bench/page.mjs >"$scratch/table" || { tail -n 5 "$scratch/log" >&2; exit 1; }
write_table page "$scratch/table"
