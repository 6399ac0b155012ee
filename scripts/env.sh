# shellcheck shell=bash
# Sourced after lib.sh: .env and the environment become the variables of spin.toml. The environment wins over .env,
# and a name wins over itself with its old NEXT_PUBLIC_ prefix. Nothing in .env is ever run.
env_file=${ENV_FILE:-.env}

# Lines are NAME=VALUE, `export NAME=VALUE`, empty or a # comment; a value may stand in ' or ", else ` #` ends it.
# The value of NAME is kept in dotenv_NAME.
read_env_file() {
  local line number=0 name value
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    line=${line%$'\r'}
    [[ $line =~ ^[[:space:]]*(#.*)?$ ]] && continue
    [[ $line =~ ^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)[[:space:]]*=[[:space:]]*(.*)$ ]] \
      || die "line $number of $env_file is not NAME=VALUE."
    name=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
    if [[ $value =~ $in_quotes ]]; then
      value=${BASH_REMATCH[2]}${BASH_REMATCH[3]}
    elif [[ $value == [\"\']* ]]; then
      die "line $number of $env_file opens a quote and does not close it."
    else
      [[ $value != '#'* ]] || value=''
      value=${value%%[[:space:]]#*}
      value=${value%"${value##*[![:space:]]}"}
    fi
    printf -v "dotenv_$name" %s "$value"
  done <"$env_file"
}
in_quotes="^(\"([^\"]*)\"|'([^']*)')[[:space:]]*(#.*)?$"

setting() {
  local name from_file
  for name in "$1" "NEXT_PUBLIC_$1"; do
    from_file=dotenv_$name
    if [ -n "${!name+set}" ]; then printf %s "${!name}"; return; fi
    if [ -n "${!from_file-}" ]; then printf %s "${!from_file}"; return; fi
  done
}

# A variable of spin.toml, unless the value is empty: then its default there holds.
give() { [ -z "$2" ] || export "SPIN_VARIABLE_$1=$2"; }

# A secret that stays on this machine, for development; production brings its own.
generate_secret() {
  dotenv_BETTER_AUTH_SECRET=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
  [ ! -s "$env_file" ] || [ -z "$(tail -c 1 "$env_file")" ] || echo >>"$env_file"
  (umask 077 && printf '%s\n' '# Generated for this checkout. Another secret signs everybody out.' \
    "BETTER_AUTH_SECRET=$dotenv_BETTER_AUTH_SECRET" >>"$env_file")
  chmod 600 "$env_file"
  say "Generated a development BETTER_AUTH_SECRET in $env_file."
}

# DATABASE_URL as the runtime's driver reads it, and the address in it: all that the app may connect to.
give_database() {
  local base query='' kept='' parameter host
  [[ $1 =~ ^(postgres|postgresql)(\+[a-z0-9]+)?://([^?]*)(\?(.*))?$ ]] || die "DATABASE_URL must begin with postgres:// or postgresql://."
  base=${BASH_REMATCH[3]} query=${BASH_REMATCH[5]}
  host=${base##*@}
  host=${host%%/*}
  [[ $host =~ ^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?$ ]] \
    || die "DATABASE_URL must name one host (an IPv6 address in brackets), and special characters in its password must be percent-encoded."
  [ -n "${BASH_REMATCH[2]}" ] || host=$host:5432
  while read -r -d '&' parameter; do
    case $parameter in
      '') continue ;;
      sslmode=verify-full | sslmode=verify-ca)
        say "DATABASE_URL: $parameter becomes sslmode=require, the strictest that the runtime knows."
        parameter=sslmode=require ;;
      sslmode=allow) parameter=sslmode=prefer ;;
      ssl=true | ssl=require) parameter=sslmode=require ;;
      ssl=false | ssl=disable) parameter=sslmode=disable ;;
      sslmode=* | channel_binding=* | application_name=* | connect_timeout=* | options=*) ;;
      *) say "DATABASE_URL: the runtime has no parameter ${parameter%%=*}; it is left out."; continue ;;
    esac
    kept=$kept${kept:+&}$parameter
  done <<<"$query&"
  give DATABASE_URL "postgresql://$base${kept:+?$kept}"
  give DATABASE_ADDRESS "$host"
}

# Each origin once, separated by commas, without a final slash.
trusted_origins() {
  printf '%s\n' "$(setting BETTER_AUTH_TRUSTED_ORIGINS)" "$(setting ALLOWED_ORIGINS)" "$(setting FRONTEND_URL)" \
    | tr ',' '\n' | sed 's/^[[:space:]]*//; s/[[:space:]/]*$//; /^\**$/d' | awk '!seen[$0]++' | paste -s -d , -
}

# Mails go through an API; without one, and where only this machine reaches the app, they are printed instead.
give_mail() {
  local url key
  url=$(setting MAIL_API_URL)
  [[ $url =~ ^(https?://[^/?#]+)?([/?#].*)?$ && (-z $url || -n ${BASH_REMATCH[1]}) ]] || die "MAIL_API_URL must be a URL such as https://api.resend.com/emails."
  give MAIL_API_URL "$url"
  give MAIL_API_ORIGIN "${BASH_REMATCH[1]}"
  key=$(setting MAIL_API_KEY)
  [ -n "$key" ] || key=$(setting RESEND_API_KEY)
  give MAIL_API_KEY "$key"
  give MAIL_FROM "$(setting MAIL_FROM)"
  if [ -z "$key" ] && [[ $SPIN_VARIABLE_BETTER_AUTH_URL =~ ^http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/.*)?$ ]]; then
    give DEVELOPMENT_MAIL true
  fi
}

# The documents that describe OAuth clients, and what must be called to read them; a name in the list narrows it at once.
give_client_documents() {
  local list=$1
  give CLIENT_DOCUMENTS "$list"
  [[ $list != *,* ]] || list='*'
  [ -z "$list" ] || give CLIENT_DOCUMENTS_ORIGIN "https://$list:443"
  give CLIENT_DOCUMENTS_ORIGIN "$(setting CLIENT_DOCUMENTS_ORIGIN)"
}

# Settings that are variables under their own names.
same_name=(
  AUTO_MIGRATE MAX_TASKS_PER_USER RATE_LIMIT_PER_MINUTE MCP_BODY_LIMIT REQUIRE_IF_MATCH JWKS_ROTATION_DAYS
  PASSWORD_HASHES_AT_ONCE CLIENT_ADDRESS_HOPS RATE_LIMIT REQUIRE_EMAIL_VERIFICATION DELETE_USER
  GOOGLE_CLIENT_ID GOOGLE_CLIENT_SECRET GOOGLE_ACCOUNTS_ORIGIN GOOGLE_TOKEN_ORIGIN GOOGLE_CERTS_ORIGIN
  MCP_ALLOWED_HOSTS GEMINI_API_KEY GEMINI_API_VERSION GEMINI_MODEL GEMINI_FALLBACK_MODEL GEMINI_PRICES
  CHAT_RATE_LIMIT CHAT_DAILY_TOKENS CHAT_DAILY_USD CHAT_BREAKER CHAT_TOOLS
)

give_all() {
  local mcp name secrets
  [ -n "$(setting BETTER_AUTH_SECRET)$(setting BETTER_AUTH_SECRETS)" ] || generate_secret
  secrets=$(setting BETTER_AUTH_SECRETS)
  give BETTER_AUTH_SECRETS "$secrets"
  secrets=${secrets%%,*}
  give BETTER_AUTH_SECRET "${secrets#*:}"
  give BETTER_AUTH_SECRET "$(setting BETTER_AUTH_SECRET)"
  give BETTER_AUTH_URL "$(setting BETTER_AUTH_URL)"
  give BETTER_AUTH_URL "${SPIN_VARIABLE_BETTER_AUTH_URL:-http://localhost:$PORT}"
  give TRUSTED_ORIGINS "$(trusted_origins)"
  give_mail
  give_client_documents "$(setting CLIENT_DOCUMENTS)"
  mcp=$(setting MCP_SERVER_URL)
  [[ $mcp =~ ^(https?://[^/?#]+)?([/?#].*)?$ && (-z $mcp || -n ${BASH_REMATCH[1]}) ]] || die "MCP_SERVER_URL must be a URL such as http://localhost:3000/mcp."
  give MCP_SERVER_URL "$mcp"
  give MCP_SERVER_ORIGIN "${BASH_REMATCH[1]}"
  give GEMINI_URL "$(setting GEMINI_BASE_URL)"
  for name in "${same_name[@]}"; do give "$name" "$(setting "$name")"; done
}

# The database of DATABASE_URL if something listens there, else the private one, which runs afterwards.
# Sets database_shown (no user, no password) and postgres_started, if it was this call that started the private one.
# shellcheck disable=SC2034 # its callers read what it sets
open_database() {
  local code=0
  postgres_started=''
  if [ -n "$(setting DATABASE_URL)" ]; then
    give_database "$(setting DATABASE_URL)"
    database_shown="PostgreSQL at $SPIN_VARIABLE_DATABASE_ADDRESS (DATABASE_URL)"
    answers "$SPIN_VARIABLE_DATABASE_ADDRESS" \
      || die "no database answers at $SPIN_VARIABLE_DATABASE_ADDRESS: start it, or correct DATABASE_URL, or unset DATABASE_URL to use a private one."
    return
  fi
  postgres_started=yes
  scripts/postgres.sh start || code=$?
  [ "$code" != 3 ] || postgres_started=''
  [ "$code" = 0 ] || [ "$code" = 3 ] || exit 1
  give_database "$(scripts/postgres.sh url)"
  database_shown="private PostgreSQL in .data/postgres"
}

# Prints what /ready says (on stderr if it is not ready), without serving; applies the migrations if AUTO_MIGRATE allows.
ready_once() {
  local scratch code=0
  scratch=$(mktemp -d)
  target/debug/todo-host request --quiet --state-dir "$scratch" --cache-dir target/host-cache --component health GET /ready \
    >"$scratch/answer" 2>"$scratch/log" || code=$?
  [ "$code" != 0 ] || cat "$scratch/answer"
  [ "$code" = 0 ] || { cat "$scratch/log" "$scratch/answer"; echo; } >&2
  rm -rf "$scratch"
  return "$code"
}

# Whether something accepts connections at host:port within ten seconds.
answers() {
  local host=${1%:*} wait=''
  host=${host#[} host=${host%]}
  ! have timeout || wait='timeout 10'
  # shellcheck disable=SC2016,SC2086 # for the inner shell; two words
  $wait bash -c ': <"/dev/tcp/$0/$1"' "$host" "${1##*:}" 2>/dev/null
}

[ ! -e "$env_file" ] || read_env_file
PORT=$(setting PORT)
PORT=${PORT:-3000}
[[ $PORT =~ ^[1-9][0-9]{0,4}$ && $PORT -le 65535 ]] || die "PORT must be a number from 1 to 65535."
