#!/usr/bin/env bash
# An update of a real Tomcat with the supervisor, against a plain script that does what admins do by hand: download, checksum, stop,
# `tar czf` of the installed tree, unpack, start. Both from the same server in the same run; the start of the service is left out on both sides.
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
open_stage

plain_pid=''
start_plain() { (cd "$work/plain" && exec setsid bin/catalina.sh run >"$work/plain.log" 2>&1) & plain_pid=$!; }
stop_plain() { [ -z "$plain_pid" ] || { kill "$plain_pid" && wait "$plain_pid"; plain_pid=''; } || plain_pid=''; }
healthy_plain() { curl -fsS "http://127.0.0.1:$plain_port/shop/health"; }

quietly start_server
quietly init_vendor
quietly make_tomcat_releases
for v in "${tomcat_versions[@]}"; do quietly publish "$v"; done

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
    digest=$(sha256sum "$work/bundles/shop-$v-any.tgz" | cut -d' ' -f1)
    t0=$(now_ms)
    curl -fsS -o "$work/plain.tgz" "$server_url/repository/targets/shop/releases/$v/$digest.shop-$v-any.tgz"
    sha256sum --check --quiet <<<"$digest  $work/plain.tgz"
    stop_plain
    tar czf "$work/plain-backup.tgz" -C "$work/plain" .
    rm -rf "$work/plain.new"
    mkdir "$work/plain.new"
    tar xzf "$work/plain.tgz" -C "$work/plain.new"
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

  rm -rf "$home"
  quietly install_host 9.0.117 dev
  edit_server_xml "$home/config/conf/server.xml" "$(free_port)"
  supervisor start --home "$home" >/dev/null
  t0=$(now_ms)
  supervisor update --home "$home" --yes --json >"$work/update.json"
  whole=$(($(now_ms) - t0))
  starting=$(jq -L "$root/scripts/demo" -s 'include "events"; spent(["start", "health"]) * 1000 | floor' "$home/.supervisor/events.jsonl")
  our_times+=($((whole - starting)))
  supervisor stop --home "$home" >/dev/null
done
median() { printf '%s\n' "$@" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
plain=$(median "${plain_times[@]}") ours=$(median "${our_times[@]}")
printf '%-44s %8s\n' 'Tomcat 9.0.117 -> 10.1.59 -> 11.0.24' ms
printf '%-44s %8d\n' 'plain script (without start)' "$plain"
printf '%-44s %8d\n' 'supervisor update (without start and health)' "$ours"
judge 'supervisor update / plain script' "$(awk -v a="$ours" -v b="$plain" 'BEGIN { print a / b }')" 1 "$rounds" 3
