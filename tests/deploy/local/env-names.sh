#!/usr/bin/env bash
# What people have in the .env of the old stack, with and without the prefix NEXT_PUBLIC_, becomes the variables that it means.
set -eu
cd "$(dirname "$0")/../../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { printf 'error: %s\n' "$*" >&2; cat "$work/log" "$work/variables" >&2; exit 1; }
secret=0123456789abcdef0123456789abcdef key=0123456789abcdef0123456789abcdef0123456789A

# Every name whose variable has the same name in lower case.
. scripts/lib.sh
. scripts/env.sh
same() {
  local name
  for name in "${same_name[@]}"; do
    case $name in
      CLOCK_SECRET) echo "$name=$secret" ;;
      VAPID_PRIVATE_KEY) echo "$name=$key" ;;
      *) echo "$name=value of ${name,,}" ;;
    esac
  done
}

# Names that mean more than one variable, and spellings that people use.
others() {
  cat <<'END'
DATABASE_URL="postgresql+asyncpg://user:pass@db.example.com/todo?ssl=require"
BETTER_AUTH_SECRETS='2:fedcba9876543210fedcba9876543210,1:0123456789abcdef0123456789abcdef'
BETTER_AUTH_URL=https://todo.example.com # the public address
BETTER_AUTH_TRUSTED_ORIGINS=https://a.example.com, myapp://
ALLOWED_ORIGINS=https://b.example.com/,https://a.example.com
FRONTEND_URL=https://c.example.com
MCP_SERVER_URL=http://mcp.example.com:8001/mcp
GEMINI_BASE_URL=https://gateway.example.com/gemini
MAIL_API_URL=https://mail.example.com/v1/emails
RESEND_API_KEY=re_key
MAIL_FROM=Todo <todo@example.com>
CLIENT_DOCUMENTS=claude.ai
BACKEND_URL=http://localhost:8000
END
}
meant() {
  cat <<'END'
DATABASE_URL=postgresql+asyncpg://user:pass@db.example.com/todo?ssl=require
DATABASE_ADDRESS=db.example.com:5432
BETTER_AUTH_SECRETS=2:fedcba9876543210fedcba9876543210,1:0123456789abcdef0123456789abcdef
BETTER_AUTH_SECRET=fedcba9876543210fedcba9876543210
BETTER_AUTH_URL=https://todo.example.com
TRUSTED_ORIGINS=https://a.example.com,myapp://,https://b.example.com,https://c.example.com
MCP_SERVER_ORIGIN=http://mcp.example.com:8001
MCP_SERVER_PATH=/mcp
GEMINI_URL=https://gateway.example.com
GEMINI_PATH=/gemini
MAIL_API_ORIGIN=https://mail.example.com
MAIL_API_PATH=/v1/emails
MAIL_API_KEY=re_key
MAIL_FROM=Todo <todo@example.com>
CLIENT_DOCUMENTS=claude.ai
CLIENT_DOCUMENTS_ORIGIN=https://claude.ai:443
END
}

for prefix in '' NEXT_PUBLIC_; do
  { same; others; } | sed "s/^/$prefix/" >"$work/env"
  # shellcheck disable=SC2016 # for the inner shell
  env -i "PATH=$PATH" "HOME=$HOME" "ENV_FILE=$work/env" bash -c \
    '. scripts/lib.sh; . scripts/env.sh; give_all; give_database "$(setting DATABASE_URL)"; env' 2>"$work/log" \
    | sed -n 's/^SPIN_VARIABLE_//p' >"$work/variables"
  { same; meant; } >"$work/expected"
  while IFS= read -r line; do
    grep -qxF -- "$line" "$work/variables" || fail "with the prefix '$prefix' there is no $line"
  done <"$work/expected"
  grep -qxF "$work/env sets names that this app does not read: BACKEND_URL." "$work/log" || fail "BACKEND_URL is not named"
done
echo "names of .env: 1 passed, 0 failed"
