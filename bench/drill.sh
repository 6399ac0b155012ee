#!/usr/bin/env bash
# Drills on host/ with a database of its own, under load: the database stopped for ten seconds, the database restarted, the host killed, the signing key
# replaced. Writes its table into bench/README.md. On a cluster `make drill` does this.
# RATE  requests a second; default: 30
# PORT  a free port; default: 3996
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
export PORT=${PORT:-3996} RUNTIME=host POSTGRES_DURABLE=yes # what was acknowledged must survive
. bench/app.sh
why=$(missing_program curl; missing_python)
[ -z "$why" ] || die "$why"
start_app spin.toml rate_limit_per_minute=0

cat >"$scratch/serve" <<END
#!/usr/bin/env bash
# Serves until it is told to stop; a host that was killed is started again, as a cluster does.
while [ ! -e "$scratch/stop" ]; do
  target/debug/todo-host up --quiet --manifest spin.toml --cache-dir target/host-cache --state-dir "$scratch/state" --listen "127.0.0.1:$PORT" &
  echo \$! >"$scratch/pid"
  wait \$! || :
done
END
kill -INT -- "-$app"
wait "$app" 2>/dev/null || :
set -m
bash "$scratch/serve" >>"$scratch/log" 2>&1 &
app=$!
set +m
until curl -fsS "$base/ready" >/dev/null 2>&1; do sleep 0.2; done

rotate="target/debug/todo-host request --quiet --state-dir $scratch/rotate --cache-dir target/host-cache --component auth --variable rotate_keys=true GET /api/auth/jwks >/dev/null"
python3 scripts/drill.py --url "$base" --rate "${RATE:-30}" \
  --run "the database stopped for ten seconds=scripts/postgres.sh stop; sleep 10; scripts/postgres.sh start >/dev/null" \
  --run "the database restarted=scripts/postgres.sh stop; scripts/postgres.sh start >/dev/null" \
  --run "the host killed and started again=kill -KILL \$(cat $scratch/pid)" \
  --run "the signing key replaced=$rotate" >"$scratch/rows" || { cat "$scratch/rows" >&2; die "a drill failed."; }
: >"$scratch/stop"
{
  printf '\n%s, %s cores shared with PostgreSQL, load average %s; %s requests a second.\n\n' "$(date +%F)" "$(nproc)" "$(cut -d' ' -f1-3 /proc/loadavg)" "${RATE:-30}"
  grep '^|' "$scratch/rows"
  echo
} >"$scratch/table"
write_table drills "$scratch/table"
