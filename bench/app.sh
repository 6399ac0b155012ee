# shellcheck shell=bash
# Sourced after lib.sh by the scripts that measure the app: start_app starts it on a private database, and the end of the script
# stops both. The caller sets PORT.
# RUNTIME  `host`, the default, or `spin`, which must be on PATH
. scripts/test-tools.sh
. bench/table.sh
[ -x target/debug/todo-host ] || die "the app is not built: run \`make build\`."
base=http://127.0.0.1:$PORT
scratch=$(mktemp -d)
chmod 755 "$scratch" # for the user that runs PostgreSQL
export POSTGRES_DIR=$scratch/postgres
app='' others=()

# shellcheck disable=SC2317,SC2329 # the trap calls it
stop_all() {
  local process
  [ -z "$app" ] || kill -INT -- "-$app" 2>/dev/null || : # the whole group: `spin up` has a child
  [ "${#others[@]}" = 0 ] || kill "${others[@]}" 2>/dev/null || :
  for process in $app ${others[@]+"${others[@]}"}; do wait "$process" 2>/dev/null || :; done
  scripts/postgres.sh remove >/dev/null 2>&1 || :
  rm -rf "$scratch"
}
trap stop_all EXIT

# start_app MANIFEST NAME=VALUE…: with these variables beside those that are required. Sets database and app, the process.
start_app() {
  local manifest=$1 address variable name command tries=0
  shift
  scripts/postgres.sh start >/dev/null
  database=$(scripts/postgres.sh url)
  address=${database##*@}
  for variable in "database_url=$database" "database_address=${address%%/*}" "better_auth_url=$base" "key_set_origin=$base" "mcp_server_origin=$base" \
    better_auth_secret=a-secret-for-the-bench-forty-characters "$@"; do
    name=${variable%%=*}
    export "SPIN_VARIABLE_${name^^}=${variable#*=}"
  done
  case ${RUNTIME:-host} in
    host) command=(target/debug/todo-host up --quiet --manifest "$manifest" --cache-dir target/host-cache) ;;
    spin) command=(spin up --quiet -f "$manifest") ;;
    *) die "RUNTIME must be host or spin." ;;
  esac
  set -m # a process group of its own
  "${command[@]}" --state-dir "$scratch/state" --listen "127.0.0.1:$PORT" >"$scratch/log" 2>&1 &
  app=$!
  set +m
  until curl -fsS "$base/ready" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$app" 2>/dev/null; then
      cat "$scratch/log" >&2
      die "the app does not become ready."
    fi
    sleep 0.2
  done
}
