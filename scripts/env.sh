# shellcheck shell=bash
# Sourced after lib.sh: turns .env and the environment into variables of spin.toml. The environment wins over .env, and a
# name wins over the same name with its old prefix NEXT_PUBLIC_. Nothing in .env is run. scripts/settings.toml lists the names.
env_file=${ENV_FILE:-.env}

# Reads lines of the form NAME=VALUE or `export NAME=VALUE`, empty lines and # comments. A value may be quoted by ' or ";
# otherwise ` #` ends it. The value of NAME is stored in dotenv_NAME.
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

# Prints the value of a setting; nothing if it is not set.
setting() {
  local name from_file
  for name in "$1" "NEXT_PUBLIC_$1"; do
    from_file=dotenv_$name
    if [ -n "${!name+set}" ]; then printf %s "${!name}"; return; fi
    if [ -n "${!from_file-}" ]; then printf %s "${!from_file}"; return; fi
  done
}

# Sets a variable of spin.toml. An empty value leaves its default.
give() { [ -z "$2" ] || export "SPIN_VARIABLE_$1=$2"; }

# give_url SETTING PREFIX EXAMPLE [ORIGIN]: a setting that is a URL becomes two variables, PREFIX_ORIGIN (or ORIGIN) and PREFIX_PATH.
give_url() {
  local url
  url=$(setting "$1")
  [ -n "$url" ] || return 0
  [[ $url =~ ^(https?://[^/?#]+)(.*)$ ]] || die "$1 must be a URL such as $3."
  give "${4-$2_ORIGIN}" "${BASH_REMATCH[1]}"
  give "$2_PATH" "${BASH_REMATCH[2]:-/}"
}

# generate NAME VALUE COMMENT: a secret for development that stays on this machine; production brings its own.
generate() {
  printf -v "dotenv_$1" %s "$2"
  [ ! -s "$env_file" ] || [ -z "$(tail -c 1 "$env_file")" ] || echo >>"$env_file"
  (umask 077 && printf '%s\n' "# $3" "$1=$2" >>"$env_file")
  chmod 600 "$env_file"
  say "Generated a development $1 in $env_file."
}

random_hex() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

# The secret of the clock, and the key of P-256 that signs push messages: 32 bytes, which are a key but for one in four billion.
give_clock() {
  [ -n "$(setting CLOCK_SECRET)" ] \
    || generate CLOCK_SECRET "$(random_hex)" 'Generated for this checkout. With another one the links in reminders are not valid any longer.'
  [ -n "$(setting VAPID_PRIVATE_KEY)" ] \
    || generate VAPID_PRIVATE_KEY "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')" 'Generated for this checkout. With another key browsers must subscribe again.'
  [[ $(setting CLOCK_SECRET) =~ ^.{32,}$ ]] || die "CLOCK_SECRET must have at least 32 characters."
  [[ $(setting VAPID_PRIVATE_KEY) =~ ^[A-Za-z0-9_-]{43}=?$ ]] || die "VAPID_PRIVATE_KEY must be 32 bytes in base64url: 43 characters."
}

# DATABASE_URL as it is given, and its host:port, the only server that the app may connect to. The rest of the URL is read by
# crates/db; /ready reports the parameters that the runtime does not support.
give_database() {
  local address
  [[ $1 =~ ^(postgres|postgresql)(\+[a-z0-9]+)?://([^?]*) ]] || die "DATABASE_URL must begin with postgres:// or postgresql://."
  address=${BASH_REMATCH[3]##*@}
  address=${address%%/*}
  [[ $address =~ ^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?$ ]] \
    || die "DATABASE_URL must name one host (an IPv6 address in brackets), and special characters in its password must be percent-encoded."
  [ -n "${BASH_REMATCH[2]}" ] || address=$address:5432
  give DATABASE_URL "$1"
  give DATABASE_ADDRESS "$address"
}

# The origins of three settings, each once, separated by commas, without a final slash but that of `myapp://`.
trusted_origins() {
  printf '%s\n' "$(setting BETTER_AUTH_TRUSTED_ORIGINS)" "$(setting ALLOWED_ORIGINS)" "$(setting FRONTEND_URL)" \
    | tr ',' '\n' | sed 's/^[[:space:]]*//; s/[[:space:]]*$//; s/\([^:/]\)\/*$/\1/; /^\**$/d' | awk '!seen[$0]++' | paste -s -d , -
}

# Mails are sent by an API. Without its key they are printed, if only this machine can reach the app.
give_mail() {
  local key
  give_url MAIL_API_URL MAIL_API https://api.resend.com/emails
  key=$(setting MAIL_API_KEY)
  [ -n "$key" ] || key=$(setting RESEND_API_KEY)
  give MAIL_API_KEY "$key"
  give MAIL_FROM "$(setting MAIL_FROM)"
  if [ -z "$key" ] && [[ $SPIN_VARIABLE_BETTER_AUTH_URL =~ ^http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/.*)?$ ]]; then
    give DEVELOPMENT_MAIL true
  fi
}

# The domains whose documents describe OAuth clients, and the server that the app may call to read them: any, unless the list
# is a single name.
give_client_documents() {
  local list=$1
  give CLIENT_DOCUMENTS "$list"
  [[ $list != *,* ]] || list='*'
  [ -z "$list" ] || give CLIENT_DOCUMENTS_ORIGIN "https://$list:443"
  give CLIENT_DOCUMENTS_ORIGIN "$(setting CLIENT_DOCUMENTS_ORIGIN)"
}

# Ends unless auth can use its public address and its secret. The secret is not printed.
check_auth() {
  # shellcheck disable=SC2153 # both are names of variables of the app
  local url=$SPIN_VARIABLE_BETTER_AUTH_URL secret=$SPIN_VARIABLE_BETTER_AUTH_SECRET
  [ -z "${SPIN_VARIABLE_BETTER_AUTH_SECRETS-}" ] || secret=${SPIN_VARIABLE_BETTER_AUTH_SECRETS%%,*} secret=${secret#*:}
  [[ $url =~ ^https?:// ]] || die "BETTER_AUTH_URL must begin with http:// or https://"
  [[ $url =~ ^https?://[^/?#@[:space:]]+/?$ ]] || die "BETTER_AUTH_URL must be an address without a path, such as https://todo.example.com"
  [ ${#secret} -ge 32 ] || die "BETTER_AUTH_SECRET (or the first of BETTER_AUTH_SECRETS) must have at least 32 characters."
}

# The newest of BETTER_AUTH_SECRETS signs, unless BETTER_AUTH_SECRET is set too.
give_secrets() {
  local secrets
  [ -n "$(setting BETTER_AUTH_SECRET)$(setting BETTER_AUTH_SECRETS)" ] || generate BETTER_AUTH_SECRET "$(random_hex)" 'Generated for this checkout. Another secret signs everybody out.'
  secrets=$(setting BETTER_AUTH_SECRETS)
  give BETTER_AUTH_SECRETS "$secrets"
  secrets=${secrets%%,*}
  give BETTER_AUTH_SECRET "${secrets#*:}"
  give BETTER_AUTH_SECRET "$(setting BETTER_AUTH_SECRET)"
}

# The settings whose variables have the same name in lower case.
same_name=(
  AUTO_MIGRATE MAX_TASKS_PER_USER HISTORY_DAYS RATE_LIMIT_PER_MINUTE MCP_BODY_LIMIT REQUIRE_IF_MATCH JWKS_ROTATION_DAYS
  PASSWORD_HASHES_AT_ONCE CLIENT_ADDRESS_HOPS RATE_LIMIT REQUIRE_EMAIL_VERIFICATION DELETE_USER
  GOOGLE_CLIENT_ID GOOGLE_CLIENT_SECRET GOOGLE_ACCOUNTS_ORIGIN GOOGLE_TOKEN_ORIGIN GOOGLE_CERTS_ORIGIN
  MCP_ALLOWED_HOSTS MCP_ALLOWED_ORIGINS GEMINI_API_KEY GEMINI_API_VERSION GEMINI_MODEL GEMINI_FALLBACK_MODEL GEMINI_PRICES
  GEMINI_FALLBACK_PRICES
  CHAT_RATE_LIMIT CHAT_DAILY_TOKENS CHAT_DAILY_USD CHAT_BREAKER CHAT_TOOLS
  CLOCK_SECRET VAPID_PRIVATE_KEY VAPID_SUBJECT
)

# Names what .env sets and nothing reads: a name of the old stack that means nothing here, or a typing error.
name_unknown() {
  local unknown
  unknown=$(comm -23 <(compgen -v dotenv_ | sed 's/^dotenv_//; s/^NEXT_PUBLIC_//' | sort -u) \
    <(sed -n 's/^names = \[\(.*\)\]/\1/p' scripts/settings.toml | tr -d '" ' | tr ',' '\n' | sort -u) | paste -s -d ' ' -)
  [ -z "$unknown" ] || say "$env_file sets names that this app does not read: $unknown." >&2
}

# All variables but those of the database.
give_all() {
  local name
  name_unknown
  give_secrets
  give_clock
  give BETTER_AUTH_URL "$(setting BETTER_AUTH_URL)"
  give BETTER_AUTH_URL "${SPIN_VARIABLE_BETTER_AUTH_URL:-http://localhost:$PORT}"
  check_auth
  give KEY_SET_ORIGIN "http://127.0.0.1:$PORT"
  give MCP_SERVER_ORIGIN "http://127.0.0.1:$PORT"
  give TRUSTED_ORIGINS "$(trusted_origins)"
  give_mail
  give_client_documents "$(setting CLIENT_DOCUMENTS)"
  give_url MCP_SERVER_URL MCP_SERVER http://localhost:3000/mcp
  give_url GEMINI_BASE_URL GEMINI http://localhost:4010/gemini GEMINI_URL
  for name in "${same_name[@]}"; do give "$name" "$(setting "$name")"; done
  # No fallback model is a choice, too.
  if [ -n "${GEMINI_FALLBACK_MODEL+set}${dotenv_GEMINI_FALLBACK_MODEL+set}" ] && [ -z "$(setting GEMINI_FALLBACK_MODEL)" ]; then
    export SPIN_VARIABLE_GEMINI_FALLBACK_MODEL=''
  fi
}

# Uses the database of DATABASE_URL, which must accept connections, else starts the private one.
# Sets database_shown (without user and password), and postgres_started if this call started the private one.
# shellcheck disable=SC2034 # its callers read what it sets
open_database() {
  local code=0
  postgres_started=''
  if [ -n "$(setting DATABASE_URL)" ]; then
    give_database "$(setting DATABASE_URL)"
    database_shown="PostgreSQL at $SPIN_VARIABLE_DATABASE_ADDRESS (DATABASE_URL)"
    accepts_connections "$SPIN_VARIABLE_DATABASE_ADDRESS" \
      || die "no database responds at $SPIN_VARIABLE_DATABASE_ADDRESS: start it, or correct DATABASE_URL, or unset DATABASE_URL to use a private one."
    return
  fi
  postgres_started=yes
  scripts/postgres.sh start || code=$?
  [ "$code" != 3 ] || postgres_started=''
  [ "$code" = 0 ] || [ "$code" = 3 ] || exit 1
  give_database "$(scripts/postgres.sh url)"
  database_shown="private PostgreSQL in .data/postgres"
}

# Prints the response of /ready, without serving the app; if the app is not ready, why, on standard error. This applies the
# migrations if AUTO_MIGRATE allows it. The clock is left out, so that no reminder is sent. Options of `todo-host request` may follow.
# shellcheck disable=SC2120 # some callers give none
request_ready() {
  local scratch code=0
  scratch=$(mktemp -d)
  target/debug/todo-host request --quiet --state-dir "$scratch" --cache-dir target/host-cache --component health --component auth \
    --variable clock_origin=http://clock.invalid "$@" GET /ready >"$scratch/response" 2>"$scratch/log" || code=$?
  [ "$code" != 0 ] || cat "$scratch/response"
  [ "$code" = 0 ] || { cat "$scratch/log"; show_detail <"$scratch/response"; } >&2
  rm -rf "$scratch"
  return "$code"
}

# Prints the sentence of a problem document, or what it is that came instead.
show_detail() {
  sed 's/.*"detail":"\(\([^"\\]\|\\.\)*\)".*/error: \1/; s/\\"/"/g'
  echo
}

# Prints the sentences in a response of /ready: its warnings and its notes.
show_sentences() {
  local member
  for member in warnings notes; do
    awk -F "\"$member\":\\\\[\"" 'NF > 1 { sub(/"\].*/, "", $2); gsub(/","/, "\n", $2); gsub(/\\"/, "\"", $2); print $2 }' <<<"$1"
  done
}

# Whether something accepts connections at host:port within ten seconds.
accepts_connections() {
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
