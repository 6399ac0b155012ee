#!/usr/bin/env bash
# Shows that memory stays where it is: a million mixed requests, of 16 users at once, and the resident memory of the runtime after each tenth of
# them. Writes its table into bench/README.md.
# REQUESTS  default: 1000000
# PORT      a free port; default: 3995
# RUNTIME   `host`, the default, or `spin`, which must be on PATH
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
export PORT=${PORT:-3995} POSTGRES_DURABLE=no RUNTIME=${RUNTIME:-host}
requests=${REQUESTS:-1000000} users=16
. bench/app.sh
. bench/users.sh
why=$(missing_program wrk; missing_program curl; missing_program jq)
[ -z "$why" ] || die "$why"
start_app spin.toml max_tasks_per_user=1000000000 rate_limit_per_minute=0 chat_rate_limit=0/300

sessions=()
for number in $(seq "$users"); do
  sign_up "user$number"
  sessions+=("$session")
  curl -fsS -o /dev/null -H "authorization: ${owner#* }" -H 'content-type: application/json' "$base/api/$user/tasks/import" \
    -d "$(jq -n '[range(100) | {title: "Task \(.)"}]')"
done

# Prints the users as bench/mixed.lua reads them, with new tokens: those last for a quarter of an hour.
owners() {
  local session
  for session in "${sessions[@]}"; do
    printf '%s Bearer %s %s,' "${session% *}" "$(curl -fsS -H "cookie: ${session#* }" "$base/api/auth/token" | jq -r .token)" "${session#* }"
  done
}

# Prints the resident memory of the runtime and its children, in MB.
megabytes() {
  local process
  for process in $(pgrep -g "$app"); do awk '/^VmRSS/ { print $2 }' "/proc/$process/status"; done | awk '{ sum += $1 } END { printf "%d", sum / 1000 }'
}

{
  # shellcheck disable=SC2016 # Markdown
  printf '\n%s by `%s`, %s cores shared with wrk and PostgreSQL.\n\n| requests | resident memory, MB |\n|---:|---:|\n| 0 | %s |\n' \
    "$(date +%F)" "$RUNTIME" "$(nproc)" "$(megabytes)"
  sent=0
  for tenth in $(seq 10); do
    while [ "$sent" -lt $((requests * tenth / 10)) ]; do
      OWNERS=$(owners) wrk -t2 -c"$users" -d10s -s bench/mixed.lua "$base" >"$scratch/wrk"
      grep -q '^FAILED 0$' "$scratch/wrk" || { cat "$scratch/wrk" >&2; tail -n 5 "$scratch/log" >&2; die "not every request succeeded."; }
      sent=$((sent + $(sed -n 's/^SENT //p' "$scratch/wrk")))
      say "$sent of $requests requests, $(megabytes) MB" >&2
    done
    printf "| %'d | %s |\n" "$sent" "$(megabytes)"
  done
  echo
} >"$scratch/table"
case $RUNTIME in spin) write_table memory_spin "$scratch/table" ;; *) write_table memory "$scratch/table" ;; esac
