# shellcheck shell=sh
# A small product to train and to measure with: two releases of a service that sleeps, with config files that the admin changed and an empty
# SQLite database, in a static repository.
# POSIX sh; sourced, never run.
: "${launch:?source scripts/lib.sh first}"

# serve DIRECTORY — a static web server on a free port; sets `url`, and `web` to its process number.
serve() {
  served=$(mktemp)
  "$(cat "$launch/java-home")/bin/jwebserver" -p 0 -d "$1" >"$served" 2>/dev/null &
  web=$!
  attempts=0
  until grep -q 'port [0-9]' "$served" || [ "$attempts" -ge 50 ]; do attempts=$((attempts + 1)); sleep 0.1; done
  url="http://127.0.0.1:$(sed -n 's/.* port \([0-9]*\)$/\1/p' "$served")"
  rm -f "$served"
}

# untrained MAIN_CLASS MODULE [argument...] — runs one of our commands without an AOT cache.
untrained() {
  main=$1 module=$2
  shift 2
  "$(cat "$launch/java-home")/bin/java" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$(cat "$launch/$module.classpath")" "$main" "$@"
}

# small_product DIRECTORY — makes the vendor and the repository, serves it (see serve), and installs 1.0.0 in DIRECTORY/home.
small_product() {
  mkdir -p "$1/tree/bin" "$1/tree/conf" "$1/tree/data" "$1/web"
  printf '#!/bin/sh\nexec sleep 600\n' >"$1/tree/bin/run"
  chmod 755 "$1/tree/bin/run"
  : >"$1/tree/data/small.db"
  untrained dev.belay.versys.cli.Main versys init --dir "$1/vendor" --product small --channel stable --to "$1/web/repository" \
    --solo --no-passphrase || return 1
  for version in 1.0.0 1.1.0; do
    printf 'greeting=hello %s\nport=1\n' "$version" >"$1/tree/conf/small.properties"
    printf '<small version="%s"><port>1</port></small>\n' "$version" >"$1/tree/conf/small.xml"
    printf '%s\n' 'product: small' "version: $version" 'platform: any' "upgrade: {from: '>=1.0.0 <1.1.0'}" \
      'layout: {config: [conf/], data: [data/]}' 'databases: [{name: main, engine: sqlite, file: data/small.db}]' 'service: {run: [bin/run], stop-timeout: 5s}' >"$1/release.yaml"
    untrained dev.belay.versys.cli.Main versys pack --release "$1/release.yaml" --tree "$1/tree" -o "$1/$version.tgz" &&
      untrained dev.belay.versys.cli.Main versys publish "$1/$version.tgz" --channel stable --dir "$1/vendor" || return 1
  done
  serve "$1/web" &&
    untrained dev.belay.supervisor.cli.Main supervisor install --home "$1/home" --server "$url" --product small --channel stable \
      --root "$1/vendor/root.json" --version 1.0.0 &&
    sed -i 's/port=1/port=2/; s/<port>1/<port>2/' "$1/home/config/conf/small.properties" "$1/home/config/conf/small.xml"
}

# end_small_product DIRECTORY — stops what small_product started.
end_small_product() {
  untrained dev.belay.supervisor.cli.Main supervisor stop --home "$1/home" || true
  [ -z "${web:-}" ] || kill "$web" 2>/dev/null || true
}
