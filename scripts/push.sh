#!/usr/bin/env bash
# Pushes the app as an OCI artifact, composed here and compiled once on each node, by `spin registry push`.
# IMAGE=registry/name[:tag]; the tag's default is the version in spin.toml. INSECURE=yes for a registry without TLS.
set -eu
. "$(dirname "$0")/lib.sh"

[[ ${IMAGE-} == */* ]] || die "say where to: \`make push IMAGE=registry.example.com/todo-chatbot\`."
have spin || die "spin is missing (https://spinframework.dev); \`make image\` needs none of it, and any tool pushes its archive."
case ${IMAGE##*/} in
  *:latest) die "name a version instead of latest: the chart refuses it." ;;
  *:*) ;;
  *) IMAGE=$IMAGE:$(sed -n 's/^version = "\(.*\)"/\1/p' spin.toml | head -n 1) ;;
esac
options=()
[ "${INSECURE-}" != yes ] || options+=(--insecure)
[ -n "${BUILT-}" ] || scripts/build.sh
spin registry push ${options[@]+"${options[@]}"} "$IMAGE" || die "the push failed: see above; \`spin registry login ${IMAGE%%/*}\` signs in."
say "Pushed $IMAGE: set image.repository=${IMAGE%:*} and image.tag=${IMAGE##*:}."
