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
open_stage
quietly start_server
quietly init_vendor
quietly make_small_release 1.0.0 '<1.0.0'
quietly publish 1.0.0
quietly make_small_release 1.0.1 '<1.0.1'
BELAY_PASSPHRASE=ci-of-the-demo BELAY_JAVA_OPTS='-XX:+UseSerialGC' run_test_java update-server dev.belay.server.push.StreamsBenchmark \
  "$server_port" "$server_pid" "$streams" "$work/server" "$work/ci" "$work/bundles/shop-1.0.1-any.tgz" "$work/token"
