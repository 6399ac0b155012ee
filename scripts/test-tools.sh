# shellcheck shell=bash
# Sourced after lib.sh: installs the tools that the tests need, if they are missing. A function missing_x prints one sentence,
# with the command that installs x, if it cannot install x itself.
tools=$PWD/.data/test-tools
kept=${XDG_CACHE_HOME:-$HOME/.cache}/todo-chatbot/tools # shared by all clones
PATH=$PATH:$kept/debs/usr/bin:$kept/debs/usr/sbin

# Packages are installed without a question, by root only; standard error says so.
apt_install() {
  local log
  { [ "$(id -u)" = 0 ] && have apt-get; } || return 1
  say "Installing $* by apt-get…" >&2
  log=$(mktemp)
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; } </dev/null >"$log" 2>&1 \
    || { tail -n 5 "$log" >&2; rm -f "$log"; return 1; }
  rm -f "$log"
}

# For a program whose package has the same name.
missing_program() { have "$1" || apt_install "$1" || say "$1 is missing: get it with \`apt-get install $1\`."; }

# missing_from_debian PACKAGE PROGRAM: unpacks the package without installing it, which starts no service and needs no root.
missing_from_debian() {
  local package=$1 program=$2 folder
  have "$program" && return
  folder=$(mktemp -d)
  [ "$(id -u)" != 0 ] || apt-get update -q >/dev/null 2>&1 || :
  if have apt-get && (cd "$folder" && apt-get download -q=2 "$package") >/dev/null 2>&1 && mkdir -p "$kept/debs" \
    && dpkg-deb -x "$folder"/*.deb "$kept/debs" && "$program" --version >/dev/null 2>&1; then rm -rf "$folder"; return; fi
  rm -rf "$folder"
  say "$program is missing: get it with \`apt-get install $package\`."
}

missing_shellcheck() { have shellcheck || apt_install shellcheck || missing_from_debian shellcheck shellcheck; }

# first_that_runs NAME…: prints the path of a program. A command may be a stub for another installer, so it must print its version.
first_that_runs() {
  local name path
  for name in "$@"; do
    if [ -n "$name" ] && path=$(command -v "$name") && "$path" --version >/dev/null 2>&1; then say "$path"; return; fi
  done
  return 1
}

# Sets CHROMIUM. The headless shell is the same browser without windows and needs less than two thirds of the work.
find_chromium() {
  CHROMIUM=$(first_that_runs "${CHROMIUM-}" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
}

missing_chromium() {
  if [ -z "${CHROMIUM-}" ] && ! have chromium-headless-shell && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
    apt_install chromium-headless-shell fonts-liberation || :
  fi
  find_chromium && return
  if apt_install chromium-headless-shell fonts-liberation && find_chromium; then return; fi
  if apt_install chromium fonts-liberation && find_chromium; then return; fi
  if [ -e tests/node_modules/.bin/playwright ] && (cd tests && npx --no-install playwright install chromium-headless-shell) >&2; then return; fi
  say "Chromium is missing: get it with \`apt-get install chromium\`, or name one by CHROMIUM=/path/to/chromium."
}

# Sets FIREFOX, and installs one if there is none; empty where that is not possible.
find_firefox() {
  FIREFOX=$(first_that_runs "${FIREFOX-}" firefox-esr firefox /Applications/Firefox.app/Contents/MacOS/firefox) && return
  apt_install firefox-esr && FIREFOX=$(first_that_runs firefox-esr)
}

# Sets WEBKIT, the small browser that comes with WebKitGTK, and installs it with its driver and a display; empty where that is not possible.
find_webkit() {
  WEBKIT=''
  { have WebKitWebDriver && have xvfb-run && have xauth; } || apt_install webkit2gtk-driver xvfb xauth || return
  WEBKIT=$(compgen -G '/usr/lib/*/webkit2gtk-4.1/MiniBrowser' | head -n 1)
  [ -n "$WEBKIT" ]
}

missing_postgres() {
  if [ -n "${TEST_DATABASE_URL-}" ] || have npm || have initdb || have pg_config || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then return; fi
  say "PostgreSQL is missing: get it with \`apt-get install postgresql\`."
}

missing_python() {
  local sees='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
  python3 -c "$sees" 2>/dev/null && return
  if apt_install python3 python3-venv && python3 -c "$sees" 2>/dev/null; then return; fi
  say "Python 3.11 or newer with venv is missing: get it with \`apt-get install python3 python3-venv\`."
}

# For WireMock.
missing_java() {
  java -version >/dev/null 2>&1 && return
  if apt_install default-jre-headless && java -version >/dev/null 2>&1; then return; fi
  say "Java 11 or newer is missing: get it with \`apt-get install default-jre-headless\`."
}

# install_python FOLDER FILE: an environment with the pinned packages of the file, made again when the file changes.
install_python() {
  local place=$1 wanted=$2
  cmp -s "$wanted" "$place/.installed" && return
  rm -rf "$place"
  mkdir -p "$(dirname "$place")"
  { python3 -m venv "$place" && "$place/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"; } \
    || die "pip could not install the packages of $wanted: see above, mind \`pip config list\`, and run this again."
  cp "$wanted" "$place/.installed"
}

# Installs the official MCP clients. The two versions of the Python SDK exclude each other. Some clients need a newer Node than
# the project: if this machine's is too old, they use the one among their packages. Sets mcp_node, the folder of that Node.
# shellcheck disable=SC2034 # test.sh reads it
install_mcp_clients() {
  local node
  install_packages tests/clients/mcp
  export MCP_PYTHON_V1=$tools/mcp-v1/bin/python MCP_PYTHON_V2=$tools/mcp-v2/bin/python TODO_MCP=$PWD/target/debug/todo-mcp
  install_python "$tools/mcp-v1" tests/clients/mcp/python/v1.txt
  install_python "$tools/mcp-v2" tests/clients/mcp/python/v2.txt
  for node in "$(command -v node)" "$PWD"/tests/clients/mcp/node_modules/node-linux-*/bin/node; do
    mcp_node=$(dirname "$node")
    ! "$node" -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 22 || (a == 22 && b >= 19) ? 0 : 1)' 2>/dev/null || return 0
  done
  die "the MCP clients need Node.js 22.19 or newer: install it (https://nodejs.org)."
}

# Installs the agents that use our tools, beside the clients.
install_mcp_hosts() {
  install_packages tests/clients/hosts
  install_python "$tools/mcp-hosts" tests/clients/hosts/requirements.txt
  export MCP_HOSTS_PYTHON=$tools/mcp-hosts/bin/python
}
