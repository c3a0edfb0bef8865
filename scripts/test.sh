#!/usr/bin/env bash
# Sets up what is missing, then runs every check and test. CI calls exactly this. Safe to run twice.
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
started=$SECONDS
step() { printf '\n== %s  (%d s)\n' "$*" $((SECONDS - started)); }

step "tools"
ensure_commands mvn:maven git:git setsid:util-linux flock:util-linux curl:curl jq:jq sqlite3:sqlite3 strace:strace shellcheck:shellcheck chromium:chromium

step "shell scripts"
(cd "$root" && shellcheck -x scripts/*.sh scripts/supervisor scripts/versys scripts/update-server scripts/tuf-client .ci/run)

step "build, format, static checks, unit and integration tests, browser tests, coverage"
log=$(mktemp)
if ! maven verify --fail-at-end -Dbelay.browser.required=true >"$log" 2>&1; then
  grep -E 'ERROR|FAIL|Tests run:.*(Failures: [1-9]|Errors: [1-9])' "$log" | head -n 200
  say "the whole log is in $log"
  exit 1
fi
grep -E 'Tests run:.*Skipped: [1-9]|skipped:' "$log" || true
"$root/scripts/coverage.sh"
rm -f "$log"

step "launchers"
"$root/scripts/build.sh" --launchers
"$root/scripts/smoke-test.sh"

step "kill sweep over updates of a real Tomcat (the 50 kills of KillSweepTest ran above)"
"$root/scripts/kill-sweep-tomcat.sh" 10

step "the story, from the first key to the rolled back release"
"$root/scripts/demo.sh"

printf '\nall checks passed in %d s\n' $((SECONDS - started))
