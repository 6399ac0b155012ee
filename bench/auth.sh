#!/usr/bin/env bash
# Measures sessions and sign-ins on a private database: requests per second and the 99th percentile by wrk with 16 connections,
# and the memory of the process at rest and at its peak during sign-ins. Writes its tables into bench/README.md.
# SECONDS_EACH  seconds for each row; default: 10
# PORT          a free port; default: 3998
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
export PORT=${PORT:-3998} POSTGRES_DURABLE=no RUNTIME=host
seconds=${SECONDS_EACH:-10}
. bench/app.sh
why=$(missing_program wrk; missing_program curl)
[ -z "$why" ] || die "$why"
start_app spin.toml

account='{"name":"Ann","email":"ann@example.com","password":"correct horse battery"}'
sign_in() { curl -fsS -o /dev/null -H 'content-type: application/json' -d "$account" "$base/api/auth/$1/email" "${@:2}"; }
megabytes() { awk -v what="^$1" '$0 ~ what { printf "%d", $2 / 1000 }' "/proc/$app/status"; }

# measure NAME PATH: one row, of requests with the session's cookie.
measure() {
  wrk -t2 -c16 -d"${seconds}s" --latency -H "cookie: $cookie" "$base/api/auth/$2" >"$scratch/wrk"
  ! grep -q 'Non-2xx' "$scratch/wrk" || die "$1: not every request succeeded."
  printf '| %s | %s/s | %s |\n' "$1" "$(awk '/^Requests\/sec/ { printf "%d", $2 }' "$scratch/wrk")" "$(awk '$1 == "99%" { print $2 }' "$scratch/wrk")"
}

# Prints the tables of bench/README.md.
report() {
  sign_in sign-up -c "$scratch/jar"
  cookie=$(awk '/session_token/ { print $6 "=" $7 }' "$scratch/jar")
  printf '| what | requests | 99 %% within |\n|---|---|---|\n'
  measure '/ok: no statement' ok
  measure '/get-session: one statement, signs a token' get-session
  measure '/token: one statement, signs a token' token
  began=$(date +%s%N)
  for _ in 1 2 3 4 5; do sign_in sign-in; done
  printf '| a sign-in, one at a time | | %s ms |\n' "$((($(date +%s%N) - began) / 5000000))"
  printf '\n| memory of the process | MB |\n|---|---|\n| at rest | %s |\n' "$(megabytes VmRSS)"
  for count in 1 4 8 32; do
    echo 5 >"/proc/$app/clear_refs" # resets the peak
    waiting=()
    # One that waits too long for a slot gets a 503.
    for _ in $(seq "$count"); do sign_in sign-in 2>/dev/null & waiting+=($!); done
    wait "${waiting[@]}" || :
    printf '| peak, %s sign-ins at once | %s |\n' "$count" "$(megabytes VmHWM)"
  done
  printf '| bound: 128 MiB and 72 MiB for each of the 8 slots | %s |\n' "$(((128 + 8 * 72) * 1048576 / 1000000))"
}
report >"$scratch/tables"
{
  printf '\n%s, %s cores shared with wrk and PostgreSQL, load average %s.\n\n' "$(date +%F)" "$(nproc)" "$(cut -d' ' -f1-3 /proc/loadavg)"
  cat "$scratch/tables"
  echo
} >"$scratch/table"
write_table auth "$scratch/table"
