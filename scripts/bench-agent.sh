#!/usr/bin/env bash
# What the resident agent costs a host: resident memory and threads after its first look at the repository, and its CPU time while nothing happens.
# Beside it the JDK's own web server with the agent's JVM options, which is what any JVM with a page would cost.
#   scripts/bench-agent.sh [SECONDS]     how long it idles (default 30)
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/demo/lib.sh
. "$root/scripts/demo/lib.sh"
idle=${1:-30}
ensure_commands curl:curl jq:jq
ensure_built
open_stage
quietly start_server
quietly init_vendor
quietly make_small_release 1.0.0 '<1.0.0'
quietly publish 1.0.0
quietly install_host 1.0.0 dev

runs() { supervisor status --home "$home" | grep '^service: *process'; }
"$root/scripts/supervisor" agent --home "$home" --listen 127.0.0.1:0 >"$work/agent.log" 2>&1 &
agent_pid=$!
wait_for 30 "the agent" grep -q "Connected to the update server" "$work/agent.log"
wait_for 30 "the start of the product" runs

kib() { awk -v name="$2:" '$1 == name { print $2 }' "/proc/$1/status"; }
mib() { awk -v k="$1" 'BEGIN { printf "%.1f", k / 1024 }'; }
cpu_ms() { awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print int(($12 + $13) * 1000 / hz) }' "/proc/$agent_pid/stat"; }
report() { printf '%-22s %6s MiB resident (%s MiB of it its own, the rest mapped files), %s threads\n' \
  "$1" "$(mib "$(kib "$2" VmRSS)")" "$(mib "$(kib "$2" RssAnon)")" "$(kib "$2" Threads)"; }

report "agent, just started" "$agent_pid"
before=$(cpu_ms)
sleep "$idle"
printf '%-22s %6s ms of CPU time in %s s\n' "agent, idle" "$(($(cpu_ms) - before))" "$idle"
report "agent, idle" "$agent_pid"
curl -fsS -o /dev/null "$(supervisor open --home "$home")"
report "agent, page opened" "$agent_pid"
ours=$(kib "$agent_pid" VmRSS)

options=()
while read -r -d '' word && [ "$word" != -cp ]; do
  case "$word" in -XX:AOTCache=*) ;; *) options+=("$word") ;; esac
done <"/proc/$agent_pid/cmdline"
"${options[@]}" -m jdk.httpserver -p 0 -b 127.0.0.1 -d "$work/small" >"$work/plain.log" 2>&1 &
plain_pid=$!
wait_for 30 "the JDK's web server" grep -q '^URL' "$work/plain.log"
curl -fsS -o /dev/null "$(sed -n 's/^URL //p' "$work/plain.log")"
report "JDK's web server" "$plain_pid"
judge "agent with its page open / JDK's web server" "$(awk -v a="$ours" -v b="$(kib "$plain_pid" VmRSS)" 'BEGIN { print a / b }')" 2 "$idle" 30
