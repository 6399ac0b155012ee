#!/usr/bin/env bash
# Builds the image of a release and its documents, in target/image:
#   todo-chatbot.tar   an OCI archive: `minikube image load`, `ctr images import`, `skopeo copy --all oci-archive:…`
#   name, digest       its name, with a hash of its content in the tag, and its digest; the same for the same input
#   sbom.cdx.json, THIRD-PARTY-LICENSES.txt
# TOOL       docker, podman, buildah or nerdctl; default: the first of them that works
# IMAGE      its name without a tag; default: todo-chatbot
# PLATFORMS  default: linux/amd64,linux/arm64; the content is the same for both
set -eu
. "$(dirname "$0")/lib.sh"

out=target/image
image=${IMAGE:-todo-chatbot}
platforms=${PLATFORMS:-linux/amd64,linux/arm64}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' spin.toml | head -n 1)
revision=$(git rev-parse HEAD 2>/dev/null) || revision=unknown

works() {
  case $1 in
    docker) docker info && docker buildx version ;;
    nerdctl) nerdctl info ;;
    *) "$1" --version ;;
  esac >/dev/null 2>&1
}

choose_tool() {
  local name
  if [ -n "${TOOL-}" ]; then
    case $TOOL in docker | podman | buildah | nerdctl) ;; *) die "TOOL must be docker, podman, buildah or nerdctl." ;; esac
    works "$TOOL" || die "TOOL=$TOOL does not work here: try \`$TOOL info\`; docker also needs its plugin buildx."
    tool=$TOOL
    return
  fi
  for name in docker podman buildah nerdctl; do
    if works "$name"; then tool=$name; return; fi
  done
  die "the image needs docker, podman, buildah or nerdctl: \`apt-get install buildah\` is the smallest."
}

# Copies spin.toml and the files that it names, at their paths. Times and modes are the same on every machine.
lay_out() {
  local file
  rm -rf "$out/context"
  mkdir -p "$out/context/root/.spin" "$out/context/root/.cache"
  cp Containerfile "$out/context/"
  sed -n 's/^source = "\(.*\)"$/\1/p; s/.*[{,] *path = "\([^"]*\.wasm\)".*/\1/p' spin.toml | sort -u >"$out/files"
  [ -s "$out/files" ] || die "spin.toml names no component."
  while read -r file; do
    [ -e "$file" ] || die "$file is missing: run \`make build\`."
    mkdir -p "$out/context/root/$(dirname "$file")"
    cp "$file" "$out/context/root/$file"
  done <"$out/files"
  cp spin.toml "$out/context/root/"
  find "$out/context/root" -type f -exec chmod 444 {} +
  find "$out/context/root" -type d -exec chmod 755 {} +
  find "$out/context" -exec touch -h -d @0 {} +
}

# Prints twelve digits of a hash of the content.
content() { (cd "$out/context" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-12); }

# Prints the full name, which every tool and the node read alike.
full_name() { case $1 in *.*/* | *:*/* | localhost/*) say "$1" ;; */*) say "docker.io/$1" ;; *) say "docker.io/library/$1" ;; esac; }

build() {
  local name=$1 platform options=(--build-arg "VERSION=$version" --build-arg "REVISION=$revision" --file "$out/context/Containerfile")
  rm -f "$out/todo-chatbot.tar"
  case $tool in
    buildah | podman)
      [ "$tool" = podman ] && options=(build "${options[@]}") || options=(bud --isolation chroot "${options[@]}")
      "$tool" manifest rm "$name" >/dev/null 2>&1 || :
      # One after the other, so that the index has this order; without the cache, in which podman mixes up the platforms' layers.
      for platform in ${platforms//,/ }; do
        "$tool" "${options[@]}" --format oci --layers=false --identity-label=false --timestamp 0 --platform "$platform" --manifest "$name" "$out/context"
      done
      "$tool" manifest push --all "$name" "oci-archive:$out/todo-chatbot.tar:$name"
      ;;
    docker)
      # Its old store keeps one architecture only.
      docker info --format '{{.DriverStatus}}' | grep -q containerd || platforms=linux/$(docker info --format '{{.Architecture}}')
      SOURCE_DATE_EPOCH=0 docker buildx build "${options[@]}" --provenance=false --sbom=false --platform "$platforms" --tag "$name" --load "$out/context" \
        && docker save --output "$out/todo-chatbot.tar" "$name"
      ;;
    nerdctl)
      SOURCE_DATE_EPOCH=0 nerdctl build "${options[@]}" --platform "$platforms" --tag "$name" "$out/context" \
        && nerdctl save --all-platforms --output "$out/todo-chatbot.tar" "$name"
      ;;
  esac
}

choose_tool
[ -n "${BUILT-}" ] || scripts/build.sh
say "Laying out the image…"
lay_out
python3 -c 'import tomllib' 2>/dev/null || die "Python 3.11 or newer is missing: it writes the SBOM."
python3 scripts/sbom.py "$out"
name=$(full_name "$image"):$version-$(content)
say "Building $name by $tool for $platforms…"
build "$name" >"$out/log" 2>&1 || { cat "$out/log" >&2; die "$tool did not build the image: see above."; }
printf '%s\n' "$name" >"$out/name"
tar -xOf "$out/todo-chatbot.tar" index.json 2>/dev/null | sed -n 's/.*"digest": *"\(sha256:[0-9a-f]*\)".*/\1/p' >"$out/digest"
[ -s "$out/digest" ] || die "$tool wrote no OCI archive: docker does from version 25."
say "
  $name
  $(cat "$out/digest")
  in $out/todo-chatbot.tar, with sbom.cdx.json and THIRD-PARTY-LICENSES.txt beside it"
