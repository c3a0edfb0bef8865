#!/bin/sh
# Kills a real supervisor process with SIGKILL at random moments of an update and checks what the next one makes of it.
#   scripts/kill-sweep.sh [KILLS] [SEED]      50 kills with a fixed seed unless told otherwise
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
maven -q -pl supervisor -am test -Djacoco.skip=true -Dtest=KillSweepTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dbelay.kills="${1:-50}" -Dbelay.seed="${2:-20260102}"
