# shellcheck shell=bash
# Sourced after lib.sh: Helm 3 and 4, helm-unittest, kubeconform and helm-docs, built from their Go modules at the versions of
# tests/chart/tools/go.mod, and a Python environment; kept between clones, a folder for each set of versions.
kept=${XDG_CACHE_HOME:-$HOME/.cache}/todo-chatbot/tools
chart_tools=$kept/chart-$(cat tests/chart/tools/go.mod tests/chart/tools/go.sum | cksum | cut -d ' ' -f 1)
chart_python=$kept/python-$(cksum <tests/chart/requirements.txt | cut -d ' ' -f 1)

# name=package of each program.
chart_programs=(
  helm3=helm.sh/helm/v3/cmd/helm
  helm4=helm.sh/helm/v4/cmd/helm
  helm-unittest=github.com/helm-unittest/helm-unittest/cmd/helm-unittest
  kubeconform=github.com/yannh/kubeconform/cmd/kubeconform
  helm-docs=github.com/norwoodj/helm-docs/cmd/helm-docs
)

# One sentence if the tools cannot be built here.
missing_go() {
  local version
  version=$(go env GOVERSION 2>/dev/null) || version=''
  [[ $version =~ ^go1\.([0-9]+) && ${BASH_REMATCH[1]} -ge 26 ]] \
    || say "Go 1.26 or newer is missing (it builds Helm for the chart's tests): install it from https://go.dev/dl."
}

# Programs out of Debian's packages, unpacked where they start no service; what is on PATH already is taken as it is.
chart_debs=$kept/debs
PATH=$PATH:$chart_debs/usr/bin:$chart_debs/usr/sbin

missing_from_debian() {
  local package=$1 program=$2 folder
  have "$program" && return
  folder=$(mktemp -d)
  [ "$(id -u)" != 0 ] || apt-get update -q >/dev/null 2>&1 || :
  if have apt-get && (cd "$folder" && apt-get download -q=2 "$package") >/dev/null 2>&1 && mkdir -p "$chart_debs" \
    && dpkg-deb -x "$folder"/*.deb "$chart_debs" && "$program" --version >/dev/null 2>&1; then rm -rf "$folder"; return; fi
  rm -rf "$folder"
  say "$program is missing: get it with \`apt-get install $package\`."
}

missing_chart_tools() {
  missing_go
  have python3 && python3 -c 'import venv, ensurepip' 2>/dev/null || apt_install python3-venv || say "Python 3 with venv is missing: get it with \`apt-get install python3-venv\`."
  missing_from_debian containerd containerd
  missing_from_debian prometheus promtool
}

missing_buildah() { have buildah || apt_install buildah || say "buildah is missing: get it with \`apt-get install buildah\`."; }

build_chart_tools() {
  local program name
  mkdir -p "$chart_tools"
  for program in "${chart_programs[@]}"; do
    name=${program%%=*}
    [ ! -x "$chart_tools/$name" ] || continue
    say "Building $name (once; the first takes minutes)…"
    (cd tests/chart/tools && CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags '-s -w' -o "$chart_tools/$name.new" "${program#*=}") \
      || die "$name did not build: see above."
    mv "$chart_tools/$name.new" "$chart_tools/$name"
  done
}

build_chart_python() {
  local new
  [ ! -x "$chart_python/bin/pytest" ] || return 0
  mkdir -p "$kept"
  new=$(mktemp -d "$kept/python.XXXXXX")
  { python3 -m venv "$new" && "$new/bin/pip" install --quiet --disable-pip-version-check -r tests/chart/requirements.txt; } \
    || die "the packages of tests/chart/requirements.txt could not be installed (python3 and its venv module are needed: apt-get install python3-venv)."
  rm -rf "$chart_python"
  # Scripts in bin/ name the folder they were made in: they are called by `python -m`.
  mv "$new" "$chart_python"
}
