#!/usr/bin/env bash
# Kills `supervisor update` of a real Tomcat (9.0.117 -> 10.1.59 -> 11.0.24) with SIGKILL at random moments, starts the supervisor again, and
# insists on: one of the versions, whole and healthy, with the admin's edits and every row. Ends at the first violation and keeps what it left.
#   scripts/kill-sweep-tomcat.sh [KILLS] [SEED]      50 kills with a fixed seed unless told otherwise
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/demo/lib.sh
. "$root/scripts/demo/lib.sh"
kills=${1:-50}
RANDOM=${2:-20261120}
ensure_commands curl:curl jq:jq sqlite3:sqlite3 setsid:util-linux
ensure_built
fetch_downloads
open_stage
quietly start_server
quietly init_vendor
quietly make_tomcat_releases
for v in "${tomcat_versions[@]}"; do quietly publish "$v"; done
quietly install_host 9.0.117 dev
shop_port=$(free_port)
edit_server_xml "$home/config/conf/server.xml" "$shop_port"
supervisor start --home "$home" >/dev/null
quietly visit 20
supervisor stop --home "$home" >/dev/null
expected_rows=$(rows)
cp -a "$home" "$work/prepared"

# one undisturbed update says how long the window is
t0=$(now_ms)
supervisor update --home "$home" --yes >"$work/undisturbed.log" 2>&1
window=$(($(now_ms) - t0))
say "an undisturbed update takes $(seconds "$window"); killing $kills of them"

fail() { say "kill $kill at $moment ms: $*"; exit 1; }
declare -A ended=()
for ((kill = 1; kill <= kills; kill++)); do
  supervisor stop --home "$home" >/dev/null
  rm -rf "$home"
  cp -a "$work/prepared" "$home"
  moment=$(((RANDOM * 32768 + RANDOM) % window))
  "$root/scripts/supervisor" update --home "$home" --yes >"$work/killed.log" 2>&1 &
  victim=$!
  sleep "$(awk -v m="$moment" 'BEGIN { print m / 1000 }')"
  kill -KILL "$victim" 2>/dev/null || true
  wait "$victim" 2>/dev/null || true
  supervisor start --home "$home" >"$work/again.log" 2>&1 || { cat "$work/again.log" >&2; fail "the supervisor did not recover"; }
  version=$(curl -fsS "$(shop_url)/health" | jq -r .version) || fail "nothing answers"
  case "$version" in 9.0.117 | 10.1.59 | 11.0.24) ;; *) fail "$version answers" ;; esac
  [ "$(readlink "$home/current")" = "releases/$version" ] || fail "current is $(readlink "$home/current") but $version answers"
  [ "$(rows)" = "$expected_rows" ] || fail "rows are missing"
  grep -q 'ours: behind the proxy' "$home/config/conf/server.xml" || fail "the admin's edit is gone"
  ended[$version]=$((${ended[$version]:-0} + 1))
done
for version in "${tomcat_versions[@]}"; do printf '%-9s %3d\n' "$version" "${ended[$version]:-0}"; done
printf '%d kills: every one ended on one version, healthy, with the edits and all rows\n' "$kills"
