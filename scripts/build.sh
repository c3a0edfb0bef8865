#!/bin/sh
# Builds the three commands and prepares their launchers (class paths and AOT caches) under target/launch. Runs no tests.
#   scripts/build.sh                build everything
#   scripts/build.sh --launchers    only prepare the launchers of what Maven has packaged already
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
. "$root/scripts/lib.sh"
ensure_commands mvn:maven setsid:util-linux flock:util-linux

if [ "${1:-}" != --launchers ]; then
  say "building (the first time downloads the libraries)"
  maven -q package -DskipTests -Djacoco.skip=true
fi

java_home=$(find_jdk25)
rm -rf "$launch"
mkdir -p "$launch"
printf '%s\n' "$java_home" >"$launch/java-home"
for module in versys supervisor update-server; do
  jar=$(find "$root/$module/target" -maxdepth 1 -name "belay-$module-*.jar" ! -name '*-tests.jar' ! -name '*-sources.jar' | head -n 1)
  [ -n "$jar" ] || die "$module is not packaged; run scripts/build.sh without options"
  { printf '%s' "$jar"; find "$root/$module/target/lib" -name '*.jar' | sort | sed 's/^/:/' | tr -d '\n'; printf '\n'; } >"$launch/$module.classpath"
done

# train MAIN_CLASS MODULE [argument...] — one run whose loaded classes become the AOT cache. A failed training only costs start-up time.
train() {
  main=$1 module=$2
  shift 2
  "$java_home/bin/java" -XX:AOTCacheOutput="$launch/$main.aot" -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$(cat "$launch/$module.classpath")" "$main" "$@" >"$launch/$main.training.log" 2>&1 || true
  [ -f "$launch/$main.aot" ] || say "note: no AOT cache for $main; it will start slower"
}
train dev.belay.versys.cli.Main versys --help
train dev.belay.supervisor.cli.Main supervisor --help
train dev.belay.server.cli.Main update-server --help
train dev.belay.versys.cli.TufClientMain versys
touch "$launch/ready"
say "ready: scripts/versys, scripts/supervisor, scripts/update-server, scripts/tuf-client"
