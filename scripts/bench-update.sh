#!/usr/bin/env bash
# An update of a real Tomcat with the supervisor, against a plain script that does what admins do by hand: checksum, stop, `tar czf` of the
# installed tree, unpack, start. Both on the same bundles in the same run; the start of the service is left out on both sides.
#   scripts/bench-update.sh [N]      N rounds (default 3), the medians are printed
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/demo/lib.sh
. "$root/scripts/demo/lib.sh"
rounds=${1:-3}
ensure_commands curl:curl jq:jq
ensure_built
fetch_downloads
work=$(mktemp -d)
cleanup() {
  supervisor stop --home "$work/host" >/dev/null 2>&1 || true
  stop_plain >/dev/null 2>&1 || true
  [ -z "${server_pid:-}" ] || kill "$server_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

plain_pid=''
start_plain() { (cd "$work/plain" && exec setsid bin/catalina.sh run >"$work/plain.log" 2>&1) & plain_pid=$!; }
stop_plain() { [ -z "$plain_pid" ] || { kill "$plain_pid" && wait "$plain_pid"; plain_pid=''; } || plain_pid=''; }
healthy_plain() { curl -fsS "http://127.0.0.1:$plain_port/shop/health"; }

prepare() {
  start_server && init_vendor && make_tomcat_releases &&
    for v in "${tomcat_versions[@]}"; do publish "$v" || return 1; done
}
prepare >"$work/vendor.log" 2>&1 || { cat "$work/vendor.log" >&2; exit 1; }

plain_port=$(free_port)
plain_times=() our_times=()
for ((round = 1; round <= rounds; round++)); do
  rm -rf "$work/plain" "$work/plain-backup.tgz"
  mkdir "$work/plain"
  tar xzf "$work/bundles/shop-9.0.117-any.tgz" -C "$work/plain"
  edit_server_xml "$work/plain/conf/server.xml" "$plain_port"
  mkdir -p "$work/plain/data"
  start_plain
  wait_for 60 "the plain Tomcat" healthy_plain
  spent=0
  for v in 10.1.59 11.0.24; do
    t0=$(now_ms)
    sha256sum "$work/bundles/shop-$v-any.tgz" >/dev/null
    stop_plain
    tar czf "$work/plain-backup.tgz" -C "$work/plain" .
    rm -rf "$work/plain.new"
    mkdir "$work/plain.new"
    tar xzf "$work/bundles/shop-$v-any.tgz" -C "$work/plain.new"
    cp -a "$work/plain/conf/server.xml" "$work/plain.new/conf/"
    cp -a "$work/plain/data" "$work/plain.new/"
    rm -rf "$work/plain.old"
    mv "$work/plain" "$work/plain.old"
    mv "$work/plain.new" "$work/plain"
    spent=$((spent + $(now_ms) - t0))
    start_plain
    wait_for 60 "the plain Tomcat $v" healthy_plain
  done
  stop_plain
  plain_times+=("$spent")

  rm -rf "$work/host"
  install_host 9.0.117 dev >/dev/null
  edit_server_xml "$work/host/config/conf/server.xml" "$(free_port)"
  supervisor start --home "$work/host" >/dev/null
  t0=$(now_ms)
  supervisor update --home "$work/host" --yes --json >"$work/update.json"
  whole=$(($(now_ms) - t0))
  # what the event log says of the steps `start` and `health` of this run
  starting=$(jq -s 'def at: (.at | sub("\\.[0-9]+Z$"; "Z") | fromdateiso8601) + ((.at | capture("(?<f>\\.[0-9]+)Z$") // {f: "0"}).f | tonumber);
    (map(select(.event == "begun")) | last | .transaction) as $run
    | map(select(.transaction == $run and (.step == "start" or .step == "health")))
    | ((map(select(.event == "step-done") | at) | add) - (map(select(.event == "step-begun") | at) | add)) * 1000 | floor' \
    "$work/host/.supervisor/events.jsonl")
  our_times+=($((whole - starting)))
  supervisor stop --home "$work/host" >/dev/null
done
median() { printf '%s\n' "$@" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
plain=$(median "${plain_times[@]}") ours=$(median "${our_times[@]}")
printf '%-44s %8s\n' 'Tomcat 9.0.117 -> 10.1.59 -> 11.0.24' ms
printf '%-44s %8d\n' 'plain script (without start)' "$plain"
printf '%-44s %8d\n' 'supervisor update (without start and health)' "$ours"
awk -v a="$ours" -v b="$plain" 'BEGIN { printf "%-44s %8.2f\n", "ratio", a / b }'
