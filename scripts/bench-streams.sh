#!/usr/bin/env bash
# Many hosts that listen at once: how long they take to connect, how fast a publication reaches all of them, and what they cost the server.
# Server and clients share this machine.
#   scripts/bench-streams.sh [N]     N event streams (default 10000)
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/demo/lib.sh
. "$root/scripts/demo/lib.sh"
streams=${1:-10000}
ensure_commands curl:curl
ensure_built
ulimit -n $((streams + 1000)) 2>/dev/null ||
  die "each stream is an open file and this user may open $(ulimit -Hn): raise the limit, or measure fewer"
work=$(mktemp -d)
cleanup() {
  [ -z "${server_pid:-}" ] || kill "$server_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

small_release() { # small_release VERSION FROM — a bundle of one file
  mkdir -p "$work/tree/bin" "$work/bundles"
  printf '#!/bin/sh\n# %s\n' "$1" >"$work/tree/bin/shop"
  printf 'product: shop\nversion: %s\nplatform: any\nupgrade: {from: "%s"}\nservice: {run: [bin/shop]}\n' "$1" "$2" >"$work/release.yaml"
  versys pack --release "$work/release.yaml" --tree "$work/tree" -o "$work/bundles/shop-$1-any.tgz"
}
prepare() {
  start_server && init_vendor && small_release 1.0.0 '<1.0.0' && publish 1.0.0 stable && small_release 1.0.1 '<1.0.1'
}
prepare >"$work/prepare.log" 2>&1 || { cat "$work/prepare.log" >&2; exit 1; }
BELAY_JAVA_OPTS='-XX:+UseSerialGC' run_test_java update-server dev.belay.server.push.StreamsBenchmark \
  "$server_port" "$server_pid" "$streams" "$work/server" "$work/vendor" "$work/bundles/shop-1.0.1-any.tgz"
