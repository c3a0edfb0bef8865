#!/bin/sh
# Kills real `tuf-client` processes with SIGKILL at requests, at system calls that change the disk and at moments in between, while the repository
# rotates keys and publishes; lets half as many system calls fail (disk full, EIO); and lets two work on one store at once.
# Checks that nothing is forgotten, mixed or left behind.
#   scripts/kill-sweep-tuf.sh [KILLS] [PAIRS] [SEED]      200 kills and 20 pairs with a fixed seed unless told otherwise
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
ensure_commands strace:strace
maven -q -pl versys -am test -Djacoco.skip=true -Dtest='StoreKillSweepTest,FailingDiskTest' -Dsurefire.failIfNoSpecifiedTests=false \
  -Dbelay.tuf-kills="${1:-200}" -Dbelay.tuf-faults="$((${1:-200} / 2))" -Dbelay.tuf-pairs="${2:-20}" -Dbelay.seed="${3:-20260104}"
