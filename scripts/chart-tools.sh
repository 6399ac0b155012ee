# shellcheck shell=bash
# Sourced after lib.sh. Builds Helm 3 and 4, helm-unittest, kubeconform, helm-docs, kube-score, etcd and kube-apiserver from their Go
# modules, at the versions of the three go.mod of tests/deploy, and a Python environment. All clones
# share them; each set of versions has its own folder.
. scripts/test-tools.sh
chart_tools=$kept/chart-$(cat tests/deploy/chart/tools/go.mod tests/deploy/chart/tools/go.sum | cksum | cut -d ' ' -f 1)
cluster_tools=$kept/cluster-$(cat tests/deploy/cluster/tools/go.mod tests/deploy/cluster/tools/go.sum | cksum | cut -d ' ' -f 1)
score_tools=$kept/score-$(cat tests/deploy/chart/score/go.mod tests/deploy/chart/score/go.sum | cksum | cut -d ' ' -f 1)
chart_python=$kept/python-$(cksum <tests/deploy/chart/requirements.txt | cut -d ' ' -f 1)

# Prints one sentence if the tools cannot be built here.
missing_go() {
  local version
  version=$(go env GOVERSION 2>/dev/null) || version=''
  [[ $version =~ ^go1\.([0-9]+) && ${BASH_REMATCH[1]} -ge 26 ]] \
    || say "Go 1.26 or newer is missing (it builds Helm for the chart's tests): install it from https://go.dev/dl."
}

missing_chart_tools() {
  missing_go
  missing_from_debian containerd containerd
  missing_from_debian prometheus promtool
}

# build_go FOLDER MODULE NAME PACKAGE [LDFLAGS]: builds the program, unless it is there.
build_go() {
  [ ! -x "$1/$3" ] || return 0
  say "Building $3 (once; it takes minutes)…"
  mkdir -p "$1"
  (cd "$2" && CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags "-s -w ${5-}" -o "$1/$3.new" "$4") || die "$3 did not build: see above."
  mv "$1/$3.new" "$1/$3"
}

build_chart_tools() {
  build_go "$chart_tools" tests/deploy/chart/tools helm3 helm.sh/helm/v3/cmd/helm
  build_go "$chart_tools" tests/deploy/chart/tools helm4 helm.sh/helm/v4/cmd/helm
  build_go "$chart_tools" tests/deploy/chart/tools helm-unittest github.com/helm-unittest/helm-unittest/cmd/helm-unittest
  build_go "$chart_tools" tests/deploy/chart/tools kubeconform github.com/yannh/kubeconform/cmd/kubeconform
  build_go "$chart_tools" tests/deploy/chart/tools helm-docs github.com/norwoodj/helm-docs/cmd/helm-docs
  build_go "$score_tools" tests/deploy/chart/score kube-score github.com/zegl/kube-score/cmd/kube-score
}

# Without these flags the API server reports version v0.0.0, which the chart rejects.
build_cluster_tools() {
  local version flags=k8s.io/component-base/version
  version=$(sed -n 's/^\tk8s.io\/kubernetes v\([0-9.]*\).*/\1/p' tests/deploy/cluster/tools/go.mod)
  flags="-X $flags.gitVersion=v$version -X $flags.gitMajor=1 -X $flags.gitMinor=$(cut -d . -f 2 <<<"$version")"
  build_go "$cluster_tools" tests/deploy/cluster/tools etcd go.etcd.io/etcd/server/v3
  build_go "$cluster_tools" tests/deploy/cluster/tools kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver "$flags"
}

# chart_pytest ARGUMENTS…: runs pytest with the tools.
chart_pytest() {
  install_python "$chart_python" tests/deploy/chart/requirements.txt
  CHART_TOOLS=$chart_tools KUBE_SCORE=$score_tools/kube-score CLUSTER_TOOLS=$cluster_tools "$chart_python/bin/python" -m pytest -q -p no:cacheprovider "$@"
}
