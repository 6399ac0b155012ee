# Somebody new signs up, keeps a task by REST and finds it by MCP; the account is then deleted, where the server allows it.
ask() { curl --silent --show-error --fail-with-body --max-time 30 ${CONNECT:+--connect-to "$CONNECT"} --header "Origin: $ORIGIN" "$@"; }
random() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

password=$(random)
answer=$(ask --include --json "{\"name\":\"helm test\",\"email\":\"helm-test-$(random)@example.com\",\"password\":\"$password\"}" "$AUTH/api/auth/sign-up/email")
user=$(printf %s "$answer" | sed -n 's/.*"user":{\(.*\)}.*/\1/p' | member id)
cookie=$(printf '%s\n' "$answer" | tr -d '\r' | sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\);.*/\1/p' | tr '\n' ';')
token=$(ask --header "Cookie: $cookie" "$AUTH/api/auth/token" | member token)
echo "Signed up."

ask --header "Authorization: Bearer $token" --json '{"title":"Buy milk"}' "$TASKS/api/$user/tasks" | grep -q '"title":"Buy milk"'
echo 'Kept a task.'

call='{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks","arguments":{}}}'
ask --header "Authorization: Bearer $token" --header 'Accept: application/json, text/event-stream' --json "$call" "$MCP/mcp" | grep -q 'Buy milk'
echo 'Found it by MCP.'

ask --header "Authorization: Bearer $token" --request DELETE "$TASKS/api/$user/tasks/1" >/dev/null
case $(ask "$AUTH/api/auth/features") in
  *'"delete_user":true'*) ask --header "Cookie: $cookie" --json "{\"password\":\"$password\"}" "$AUTH/api/auth/delete-user" >/dev/null ;;
  *) echo 'The test account stays, because DELETE_USER is off.' ;;
esac
