#!/usr/bin/env bash
# Takes the ways through our scripts that a healthy machine never takes: what is missing, who may not write, who comes second, what went wrong.
# shellcheck disable=SC2016  # snippets are expanded by the shell that runs them
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=scripts/expect.sh
. "$root/scripts/expect.sh"

# A checkout with our scripts and nothing built.
bare="$work/a checkout"
mkdir -p "$bare"
cp -r "$root/scripts" "$bare/"
# in_bare COMMANDS — with the functions of lib.sh, in that checkout
in_bare() { env root="$bare" work="$work" "${@:2}" bash -c 'set -euo pipefail; . "$root/scripts/lib.sh"; . "$root/scripts/demo/lib.sh"; . "$root/scripts/demo/story.sh"; '"$1"; }
# stub NAME LINE — a command of that name in a directory that goes before PATH
stubs="$work/stubs"
mkdir "$stubs"
stub() { printf '#!/bin/sh\n%s\n' "$2" >"$stubs/$1"; chmod +x "$stubs/$1"; }

# ---- a JDK
for jdk in 17 25; do
  mkdir -p "$work/jdk $jdk/bin"
  printf 'JAVA_VERSION="%s.0.1"\n' "$jdk" >"$work/jdk $jdk/release"
  : >"$work/jdk $jdk/bin/javac"
  chmod +x "$work/jdk $jdk/bin/javac"
done
expect 0 'jdk 25$' in_bare 'find_jdk25 "" /nowhere "$work/jdk 17" "$work/jdk 25"'
expect 1 'no JDK 25 was found .* set JAVA25_HOME' in_bare 'find_jdk25 /nowhere "$work/jdk 17"'

# ---- packages
stub apt-get 'echo "apt-get $*" >&2'
expect 0 '^$' in_bare 'ensure_commands sh:dash; echo'
stub id 'echo 0'
expect 0 'apt-get install -y -q pack-1 pack-2' in_bare 'ensure_commands no-such-1:pack-1 sh:dash no-such-2:pack-2' PATH="$stubs:$PATH"
stub id 'echo 1000'
stub sudo 'exit 1'
expect 1 'needed and missing: pack-1. Install them as root: apt-get install pack-1' in_bare 'ensure_commands no-such-1:pack-1' PATH="$stubs:$PATH"
stub sudo '[ "$1" = -n ] || exec "$@"'
expect 0 'apt-get install -y -q pack-1' in_bare 'ensure_commands no-such-1:pack-1' PATH="$stubs:$PATH"
stub apt-get 'exit 100'
expect 1 'apt-get could not install: pack-1' in_bare 'ensure_commands no-such-1:pack-1' PATH="$stubs:$PATH"

# ---- building
: >"$bare/target"
expect 1 'not built yet, and you may not write there' "$bare/scripts/versys" --help
rm "$bare/target"
mkdir -p "$bare/target/launch"
expect 1 'the tests of versys are not compiled' in_bare 'touch "$launch/ready"; run_test_java versys Any'
expect 0 '^$' in_bare 'ensure_built; echo'
rm "$bare/target/launch/ready"
# Somebody else builds: the second one waits until that is done, and builds nothing itself.
mkfifo "$work/building"
(
  flock 9
  echo locked >"$work/building"
  until grep -qs waiting "$work/out"; do sleep 0.05; done
  touch "$bare/target/launch/ready"
) 9>"$bare/target/build.lock" &
read -r <"$work/building"
expect 0 'another process builds this checkout; waiting' in_bare 'ensure_built'
wait
printf '/nowhere\n' >"$bare/target/launch/java-home"
printf 'none\n' >"$bare/target/launch/versys.classpath"
expect 1 'JDK of the last build is gone' "$bare/scripts/versys" --help
expect 0 'versys +no report' "$bare/scripts/coverage.sh"
expect 1 'no report' "$bare/scripts/slowest.sh"

# ---- the stage, the story, the bars
expect 1 'waited in vain for: the moon' in_bare 'wait_for 0 "the moon" false'
expect 3 'it broke.*' in_bare 'open_stage; broken() { echo "it broke"; return 3; }; quietly broken; echo "and went on"' TMPDIR="$work"
expect 0 'belay-stage' in_bare 'ls "$work"; rm -r "$work"/belay-stage.*'
expect 130 'status 130' in_bare 'open_stage; kill -TERM $$; sleep 1' TMPDIR="$work"
expect 1 'does not hold: the earth is flat' in_bare 'check "the earth is flat" false'
expect 0 'a ratio +0.40   bar 0.5$' in_bare 'judge "a ratio" 0.4 0.5 3 3'
expect 1 'a ratio +0.60   MISSED, bar 0.5$' in_bare 'judge "a ratio" 0.6 0.5 3 3'
expect 0 'a ratio +0.60   not judged at this size, bar 0.5$' in_bare 'judge "a ratio" 0.6 0.5 1 3'
expect 0 '^\$ publish 1$' in_bare 'publish() { echo "  a line of publish"; }; scene publish 1; ! grep -q "a line" <<<"$(scene publish 1)"'
expect 0 'a line of publish' in_bare 'verbose=true; publish() { echo "  a line of publish"; }; scene publish 1'
expect 0 '^$' in_bare 'aside echo spoken; echo'
expect 1 'exit status 3 instead of 4' in_bare 'expect_status 4 sh -c "exit 3"'
expect 0 '^  …$' in_bare 'said() { printf "one\n  twice 1\n  twice 2\n  | x INFO y\nend\n"; }; run said'

# ---- wrong calls
expect 1 'unknown option --nonsense' "$root/scripts/demo.sh" --nonsense
expect 0 '--verbose' "$root/scripts/demo.sh" --help
expect 1 'name a stage' "$root/scripts/demo/page.sh"
expect 1 'no benchmark "nonsense"; there are: agent' "$root/scripts/bench.sh" nonsense
expect 1 'unknown option --nonsense' "$root/scripts/test.sh" --nonsense
expect 0 '--quick' "$root/scripts/test.sh" --help
expect 1 'is no number of seconds' "$root/scripts/fuzz.sh" long
expect 1 'no target "nonsense"' "$root/scripts/fuzz.sh" 1 nonsense
expect 1 'name the file to write' "$root/scripts/package-supervisor.sh"
expect 1 'an open file and this user may open' bash -c 'ulimit -n 500; exec "$0" 10000' "$root/scripts/bench-streams.sh"
expected
