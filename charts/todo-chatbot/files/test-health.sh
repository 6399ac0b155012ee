# Every part responds, has its database, and auth publishes keys.
ask() { echo "GET $1" >&2; curl --silent --show-error --fail --max-time 20 --retry 5 --retry-all-errors ${CONNECT:+--connect-to "$CONNECT"} "$1"; }
for part in $PARTS; do
  ask "$part/health" >/dev/null
  ask "$part/ready" >/dev/null
done
ask "$AUTH/api/auth/jwks" | grep -q '"keys"'
echo 'All parts are healthy and ready.'
