#!/usr/bin/env bash
# What the resident agent costs a host: resident memory and threads after its first look at the repository, and its CPU time while nothing happens.
#   scripts/bench-agent.sh [SECONDS]     how long it idles (default 30)
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/demo/lib.sh
. "$root/scripts/demo/lib.sh"
idle=${1:-30}
ensure_commands curl:curl
ensure_built
work=$(mktemp -d)
cleanup() {
  [ -z "${agent_pid:-}" ] || kill "$agent_pid" 2>/dev/null || true
  [ ! -d "$work/host" ] || supervisor stop --home "$work/host" >/dev/null 2>&1 || true
  [ -z "${server_pid:-}" ] || kill "$server_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

prepare() {
  start_server && init_vendor || return 1
  mkdir -p "$work/tree/bin" "$work/bundles"
  printf '#!/bin/sh\nexec sleep 100000\n' >"$work/tree/bin/shop"
  chmod +x "$work/tree/bin/shop"
  printf 'product: shop\nversion: 1.0.0\nplatform: any\nservice: {run: [bin/shop]}\n' >"$work/release.yaml"
  versys pack --release "$work/release.yaml" --tree "$work/tree" -o "$work/bundles/shop-1.0.0-any.tgz" &&
    publish 1.0.0 stable && install_host 1.0.0
}
prepare >"$work/prepare.log" 2>&1 || { cat "$work/prepare.log" >&2; exit 1; }

"$root/scripts/supervisor" agent --home "$work/host" --listen 127.0.0.1:0 >"$work/agent.log" 2>&1 &
agent_pid=$!
wait_for 30 "the agent" grep -q "Connected to the update server" "$work/agent.log"
sleep 2 # the first look and the start of the product

kib() { awk -v name="$1:" '$1 == name { print $2 }' "/proc/$agent_pid/status"; }
mib() { awk -v k="$1" 'BEGIN { printf "%.1f", k / 1024 }'; }
cpu_ms() { awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print int(($12 + $13) * 1000 / hz) }' "/proc/$agent_pid/stat"; }
report() { printf '%-22s %6s MiB resident (%s MiB of it its own, the rest mapped files), %s threads\n' \
  "$1" "$(mib "$(kib VmRSS)")" "$(mib "$(kib RssAnon)")" "$(kib Threads)"; }

report "agent, just started"
before=$(cpu_ms)
sleep "$idle"
printf '%-22s %6s ms of CPU time in %s s\n' "agent, idle" "$(($(cpu_ms) - before))" "$idle"
report "agent, idle"
link=$(supervisor open --home "$work/host")
curl -fsS -o /dev/null "$link"
report "agent, page opened"
