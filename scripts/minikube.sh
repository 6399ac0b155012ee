#!/usr/bin/env bash
# The app on Minikube: each step by itself, all steps in order (`all`), and the commands for a running app. Each can be repeated.
#   check start ingress cert-manager operator shim image namespace secrets install wait test url
#   status logs port-forward upgrade drill rollback uninstall
# START=yes        `all` starts Minikube if it does not run
# APP_HOST         the host name; default: todo.local
# MINIKUBE_PROFILE, NAMESPACE (todo), RELEASE (todo-chatbot)
# VALUES           a file with further values for the chart
# DRILLS           for drill: names of scripts/drill.py; default: all
# PART, PORT       for logs and port-forward; REVISION for rollback; FOLLOW=yes for logs
# BUILT_IMAGE=yes  loads the image that is in target/image already
set -eu
. "$(dirname "$0")/lib.sh"

profile=${MINIKUBE_PROFILE:-minikube}
namespace=${NAMESPACE:-todo}
release=${RELEASE:-todo-chatbot}
host=${APP_HOST:-todo.local}
kubernetes=v1.37.2
cert_manager=v1.20.0
operator=0.6.1
all_steps=(check start ingress cert-manager operator shim image namespace secrets install wait test url)

kube() { kubectl --context "$profile" "$@"; }
kube_here() { kube --namespace "$namespace" "$@"; }
helm_here() { helm --kube-context "$profile" --namespace "$namespace" "$@"; }
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
number() { sed -n 's/[^0-9]*\([0-9][0-9.]*\).*/\1/p' | head -n 1; }

# needs NAME OLDEST COMMAND…: stops unless the program is there and new enough. The command prints its version.
needs() {
  local name=$1 oldest=$2 found
  shift 2
  have "$name" || die "$name is missing: $(where "$name")"
  found=$("$@" 2>/dev/null | number)
  at_least "$oldest" "${found:-0}" || die "$name ${found:-of unknown version} is too old: $oldest or newer is needed. $(where "$name")"
}
where() {
  case $1 in
    minikube) say "https://minikube.sigs.k8s.io/docs/start" ;;
    kubectl) say "https://kubernetes.io/docs/tasks/tools" ;;
    helm) say "https://helm.sh/docs/intro/install (3.16 or newer, or 4)" ;;
  esac
}

check() {
  needs minikube 1.38.0 minikube version --short
  needs kubectl 1.30.0 kubectl version --client
  needs helm 3.16.0 helm version --short
}

runs() { minikube -p "$profile" status --format '{{.Host}} {{.APIServer}}' 2>/dev/null | grep -q '^Running Running'; }

start() {
  if runs; then say "Minikube runs."; return; fi
  [ "${START-}" = yes ] || [ "${asked-}" = start ] || die "Minikube does not run (profile $profile): \`make minikube START=yes\` starts it."
  minikube -p "$profile" start --cpus 4 --memory 8g --container-runtime containerd --kubernetes-version "$kubernetes"
}

ingress() {
  minikube -p "$profile" addons enable ingress
  kube --namespace ingress-nginx wait deployment/ingress-nginx-controller --for condition=Available --timeout 5m
}

cert_manager() {
  helm --kube-context "$profile" upgrade --install cert-manager oci://quay.io/jetstack/charts/cert-manager --version "$cert_manager" \
    --namespace cert-manager --create-namespace --set crds.enabled=true --wait --timeout 10m
}

# With its default of 128Mi the operator is killed on newer clusters.
operator() {
  kube apply --server-side --force-conflicts -f "https://github.com/spinframework/spin-operator/releases/download/v$operator/spin-operator.crds.yaml"
  helm --kube-context "$profile" upgrade --install spin-operator oci://ghcr.io/spinframework/charts/spin-operator --version "$operator" \
    --namespace spin-operator --create-namespace --set controllerManager.manager.resources.limits.memory=256Mi --wait --timeout 10m
}

shim() { MINIKUBE_PROFILE=$profile runtime-class/install.sh by-hand; }

image() {
  [ "${BUILT_IMAGE-}" = yes ] || scripts/image.sh
  minikube -p "$profile" image load target/image/todo-chatbot.tar
}

namespace() {
  kube get namespace "$namespace" --output name >/dev/null 2>&1 || kube create namespace "$namespace"
  # A stricter level that an operator chose stays.
  [ "$(kube get namespace "$namespace" --output 'jsonpath={.metadata.labels.pod-security\.kubernetes\.io/enforce}')" = restricted ] \
    || kube label namespace "$namespace" --overwrite pod-security.kubernetes.io/enforce=baseline pod-security.kubernetes.io/warn=restricted
}

# Sets the Spin variables from .env, for the cluster. Without DATABASE_URL the cluster gets a database of its own.
settings() {
  local password
  [ -z "${SPIN_VARIABLE_DATABASE_URL-}" ] || return 0
  . scripts/env.sh
  give_all
  trial=no
  if [ -n "$(setting DATABASE_URL)" ]; then
    give_database "$(setting DATABASE_URL)"
    case $SPIN_VARIABLE_DATABASE_ADDRESS in
      localhost:* | 127.* | \[::1\]:*) die "DATABASE_URL names this machine, which pods cannot reach: use host.minikube.internal, or leave it out for a database in the cluster." ;;
    esac
    return
  fi
  trial=yes
  password=$(kube_here get secret todo-postgresql-env --ignore-not-found --output 'jsonpath={.data.POSTGRES_PASSWORD}' | base64 -d)
  trial_password=${password:-$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')}
  give DATABASE_URL "postgresql://todo:$trial_password@$release-postgresql.$namespace.svc.cluster.local:5432/todo?sslmode=disable"
  give DATABASE_ADDRESS "$release-postgresql.$namespace.svc.cluster.local:5432"
}

# Prints the KEY=VALUE lines of the Secret that the chart calls $1, without empty ones.
secret_lines() {
  local key variable
  awk -F '"' -v from="$1" '$2 == "key" { key = $4 } $2 == "from" && $4 == from { print key }' charts/todo-chatbot/files/app.json | while read -r key; do
    variable=SPIN_VARIABLE_$key
    if [ -n "${!variable-}" ]; then
      printf '%s=%s\n' "$key" "${!variable}"
    elif [ -n "$(setting "$key")" ]; then
      printf '%s=%s\n' "$key" "$(setting "$key")"
    fi
  done
}

# Values are passed by file descriptor, not as arguments, which other users of the machine can read.
apply_secret() {
  local object
  object=$(kube_here create secret generic "$1" --from-env-file=/dev/stdin --dry-run=client --output yaml)
  kube_here apply --server-side --force-conflicts -f - <<<"$object" >/dev/null
  say "Secret $1 is up to date."
}

secrets() {
  settings
  secret_lines frontend | apply_secret todo-frontend-env
  secret_lines backend | apply_secret todo-backend-env
  [ "$trial" = no ] || printf 'POSTGRES_PASSWORD=%s\n' "$trial_password" | apply_secret todo-postgresql-env
}

install() {
  local name variable value options=()
  settings
  name=$(cat target/image/name) || die "there is no image yet: \`make minikube-image\`."
  options+=(--set-string "host=$host,image.repository=${name%:*},image.tag=${name##*:}")
  options+=(--set secrets.frontend.existingSecret=todo-frontend-env --set secrets.backend.existingSecret=todo-backend-env)
  options+=(--set-string "database.address=$SPIN_VARIABLE_DATABASE_ADDRESS")
  # On a laptop a tag will do: that of `helm test`.
  options+=(--set-string "clock.image=$(awk '/^tests:/ { found = 1 } found && $1 == "image:" { print $2 }' charts/todo-chatbot/values.yaml)")
  [ "$trial" = no ] || options+=(--set postgresql.enabled=true --set postgresql.existingSecret=todo-postgresql-env)
  # The chart does not know the content of the Secrets; this checksum rolls the pods when it changes.
  options+=(--set-string "appDefaults.podAnnotations.checksum/env=$({ secret_lines frontend; secret_lines backend; } | sha256sum | cut -c 1-16)")
  while read -r variable; do
    value=SPIN_VARIABLE_${variable^^}
    value=${!value-}
    [ -z "$value" ] || options+=(--set-string "variables.$variable=${value//,/\\,}")
  done < <(plain_variables)
  [ -z "${VALUES-}" ] || options+=(--values "$VALUES")
  # What an operator set by plain helm stays; a new chart brings its own defaults.
  helm_here upgrade --install "$release" charts/todo-chatbot --reset-then-reuse-values "${options[@]}"
}

# The variables that neither a Secret contains nor the chart sets.
plain_variables() {
  awk -F '"' '/^    "[a-z_]+": \{/ { name = $2; plain = 1 } $2 == "key" { plain = 0 } /^    \}/ && plain { print name; plain = 0 }' charts/todo-chatbot/files/app.json \
    | grep -Ev '^(database_address|development_mail|client_address_hops|better_auth_url|auth_origin|key_set_origin|clock_origin|mcp_server_origin|mcp_server_path|mcp_allowed_hosts)$'
}

apps() { kube_here get spinapps.core.spinkube.dev --selector "app.kubernetes.io/instance=$release" --output name | sed 's,.*/,,'; }

# Helm does not wait for SpinApps, and the operator creates their Deployments a moment later.
await() {
  local app tries
  [ "${trial-}" != yes ] || kube_here rollout status "statefulset/$release-postgresql" --timeout 5m
  for app in $(apps); do
    tries=0
    until kube_here get deployment "$app" --output name >/dev/null 2>&1; do
      tries=$((tries + 1))
      [ "$tries" -lt 60 ] || die "the operator has made no Deployment for $app: kubectl -n spin-operator logs deployment/spin-operator-controller-manager"
      sleep 1
    done
    kube_here rollout status "deployment/$app" --timeout 5m \
      || die "$app did not start: \`make status\`; after exit code 137: minikube ssh -- sudo journalctl -u containerd | grep -A 8 run_wasi"
  done
}

try() { helm_here test "$release" --logs --timeout 5m; }

url() {
  say "
  $(minikube -p "$profile" ip) $host     (this line belongs in /etc/hosts)
  http://$host"
}

status() {
  helm_here status "$release" --output table 2>/dev/null | head -n 6 || :
  kube_here get spinapps.core.spinkube.dev,deployments,pods,services,ingresses
}

logs() {
  local selector="app.kubernetes.io/instance=$release" options=(--tail 200)
  [ -z "${PART-}" ] || selector=$selector,app.kubernetes.io/component=$PART
  [ "${FOLLOW-}" != yes ] || options+=(--follow)
  kube_here logs --selector "$selector" --prefix --max-log-requests 20 "${options[@]}"
}

forward() { kube_here port-forward "service/$release-${PART:-frontend}" "${PORT:-8080}:80"; }

drill() {
  local names
  read -ra names <<<"${DRILLS:-all}"
  scripts/drill.py --url "http://$host" --connect "$(minikube -p "$profile" ip)" --context "$profile" --namespace "$namespace" --release "$release" "${names[@]}"
}

rollback() {
  helm_here rollback "$release" ${REVISION:+"$REVISION"}
  await
}

# The two objects of the hardening are no part of a namespace: they stay when somebody deletes the namespace before the release, and
# then reject nothing but pods of a namespace with this name.
uninstall() {
  local kind
  helm_here uninstall "$release" --ignore-not-found
  for kind in mutatingadmissionpolicybindings mutatingadmissionpolicies; do
    { kube get "$kind.admissionregistration.k8s.io" --selector "app.kubernetes.io/instance=$release" --output name 2>/dev/null || :; } \
      | { grep -F "/$namespace-" || :; } | while read -r name; do kube delete "$name" </dev/null; done
  done
  say "The Secrets, the database's volume and the executor stay; \`kubectl delete namespace $namespace\` removes them too."
}

step() {
  case $1 in
    cert-manager) cert_manager ;;
    wait) await ;;
    test) try ;;
    port-forward) forward ;;
    check | start | ingress | operator | shim | image | namespace | secrets | install | url | status | logs | drill | rollback | uninstall) "$1" ;;
    *) die "there is no step $1; the steps are: ${all_steps[*]}; then status logs port-forward upgrade drill rollback uninstall." ;;
  esac
}

several() {
  local number=0 name
  for name in "$@"; do
    number=$((number + 1))
    say "[$number/$#] $name"
    step "$name"
  done
}

asked=${1-}
case $asked in
  all) several "${all_steps[@]}" ;;
  upgrade) several check image secrets install wait test ;;
  *) step "$asked" ;;
esac
