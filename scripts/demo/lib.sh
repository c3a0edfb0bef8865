# shellcheck shell=bash disable=SC2154,SC2034  # the callers set and read `root`, `work`, `home` and the like
# The cast of the demo and of the benchmarks: a vendor, a server and a host in one scratch directory. Sourced by bash scripts that set
# `root` and `work` (the scratch directory) and have sourced scripts/lib.sh.

tomcat_versions=(9.0.117 10.1.59 11.0.24)
sqlite_jdbc=org.xerial:sqlite-jdbc:3.54.1.0
downloads="$root/target/downloads"

versys() { "$root/scripts/versys" "$@"; }
supervisor() { "$root/scripts/supervisor" "$@"; }

now_ms() { local t=${EPOCHREALTIME/[.,]/}; printf '%s\n' $((t / 1000)); }
seconds() { printf '%d.%02d s' $(($1 / 1000)) $(($1 % 1000 / 10)); }

# Prints a TCP port of loopback that nobody listens on. Asked again when something else takes it first.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s\n' "$port"; return; }
  done
}

# wait_for SECONDS WHAT COMMAND... — until the command succeeds; says what it waited for when it does not.
wait_for() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || { say "waited in vain for: $what"; return 1; }
    sleep 0.05
  done
}

# Brings the real Tomcat distributions and the JDBC driver from Maven Central; nothing is fetched twice.
fetch_downloads() {
  mkdir -p "$downloads"
  local v
  for v in "${tomcat_versions[@]}"; do
    [ -f "$downloads/tomcat-$v.tar.gz" ] || { say "fetching Apache Tomcat $v"
      maven -q -N dependency:copy -Dartifact="org.apache.tomcat:tomcat:$v:tar.gz" -DoutputDirectory="$downloads"; }
  done
  [ -f "$downloads/sqlite-jdbc-${sqlite_jdbc##*:}.jar" ] ||
    maven -q -N dependency:copy -Dartifact="$sqlite_jdbc" -DoutputDirectory="$downloads"
}

# make_tree VERSION [TOMCAT_VERSION] — a release tree: that Tomcat with the shop in it.
make_tree() {
  local tree="$work/trees/$1" tomcat=${2:-$1}
  mkdir -p "$tree"
  tar xzf "$downloads/tomcat-$tomcat.tar.gz" -C "$tree" --strip-components=1
  cp -r "$root/scripts/demo/shop" "$tree/webapps/shop"
  mkdir -p "$tree/webapps/shop/WEB-INF/lib"
  cp "$downloads/sqlite-jdbc-${sqlite_jdbc##*:}.jar" "$tree/webapps/shop/WEB-INF/lib/"
}

# make_release VERSION FROM REQUIRED_STOP NOTES — release.yaml and notes beside the tree, and the bundle from them.
make_release() {
  local v=$1 dir="$work/releases/$1"
  mkdir -p "$dir" "$work/bundles"
  printf '%s\n' "$4" >"$dir/notes.md"
  cat >"$dir/release.yaml" <<YAML
product: shop
version: $v
platform: any
requires: {java: ">=17", disk: 200MB}
upgrade:
  from: "$2"
  required-stop: $3
notes: notes.md
layout:
  config: [conf/]
  data: [data/, logs/]
  scratch: [work/, temp/]
databases: [{name: main, engine: sqlite, file: data/shop.db}]
service:
  run: [bin/catalina.sh, run]
  stop-timeout: 30s
health:
  http: "http://127.0.0.1:{config:conf/server.xml:/Server/Service/Connector/@port}/shop/health"
  expect: {status: 200, json: {version: "{version}"}}
  within: 60s
  interval: 200ms
  consecutive: 3
YAML
  versys pack --release "$dir/release.yaml" --tree "$work/trees/$v" -o "$work/bundles/shop-$v-any.tgz"
}

start_server() {
  server_port=$(free_port)
  server_url="http://127.0.0.1:$server_port"
  "$root/scripts/update-server" --data "$work/server" --listen "127.0.0.1:$server_port" >"$work/server.log" 2>&1 &
  server_pid=$!
  wait_for 30 "the update server" curl -fsS "$server_url/healthz"
}

# The vendor's people. Each has an own directory with own encrypted keys; the passphrases stand here because nobody is there to type them.
alice() { BELAY_PASSPHRASE=alice-of-the-demo versys "$@" --dir "$work/alice"; }
bob() { BELAY_PASSPHRASE=bob-of-the-demo versys "$@" --dir "$work/bob"; }
ci() { BELAY_PASSPHRASE=ci-of-the-demo versys "$@" --dir "$work/ci"; }

# init_vendor — keys, a root, and the first metadata on the server. CI alone may publish releases and feed `dev`; `stable` needs Alice and Bob.
init_vendor() {
  local admin="$work/server/admin-token" role
  alice init --product shop --channel dev --channel stable --server "$server_url" --token-file "$admin"
  "$root/scripts/update-server" token create --data "$work/server" --product shop >"$work/token"
  chmod 600 "$work/token"
  for person in bob ci; do
    mkdir -p "$work/$person"
    cp "$work/alice/versys.yaml" "$work/alice/root.json" "$work/$person/"
    "$person" key new "$person"
  done
  for role in shop-releases shop-channel-dev; do
    alice key add "$role" --key "$work/ci/keys/ci.pub.json" --token-file "$admin"
  done
  alice key add shop-channel-stable --key "$work/bob/keys/bob.pub.json" --threshold 2 --token-file "$admin"
  bob_signs --token-file "$admin"
}

# bob_signs [option...] — Alice's pending change goes to Bob, who signs it; with his signature it is published.
bob_signs() {
  mkdir -p "$work/bob/pending"
  mv "$work"/alice/pending/*.change.json "$work/bob/pending/"
  bob sign "$@"
  rm -f "$work"/bob/pending/*.change.json
}

publish() { ci publish "$work/bundles/shop-$1-any.tgz" --channel dev --token-file "$work/token"; }
promote() { alice promote "$1" --from dev --to stable --token-file "$work/token" && bob_signs --token-file "$work/token"; }

make_tomcat_releases() {
  local v
  for v in "${tomcat_versions[@]}"; do make_tree "$v"; done
  make_release 9.0.117 '>=9.0.0 <9.0.117' false "Tomcat 9 with the shop."
  make_release 10.1.59 '>=9.0.0 <10.1.59' true "**Jakarta EE 10.** The \`javax\` packages are now \`jakarta\`; every host lands here before 11."
  make_release 11.0.24 '>=10.1.0 <11.0.24' false "**Jakarta EE 11.** Faster, and the old connectors are gone."
}

# install_host VERSION CHANNEL — the supervisor puts a release on an empty home; nothing is started.
install_host() {
  home="$work/host"
  supervisor install --home "$home" --server "$server_url" --product shop --channel "$2" \
    --root "$work/alice/root.json" --version "$1" --no-start
}

# edit_server_xml FILE PORT — what admins do to server.xml: another port, a connector attribute, a comment of their own.
edit_server_xml() {
  sed -i \
    -e 's|<Server port="8005"|<Server port="-1"|' \
    -e "s|<Connector port=\"8080\" protocol=\"HTTP/1.1\"|<!-- ours: behind the proxy of the head office -->\n    <Connector port=\"$2\" address=\"127.0.0.1\" protocol=\"HTTP/1.1\"|" \
    -e '0,/connectionTimeout="20000"/s//connectionTimeout="45000"/' "$1"
}

# drive_page CHROMIUM LINK DIRECTORY — clicks Update in a real browser and saves screenshots.
drive_page() {
  BELAY_CHROMIUM=$1 run_test_java supervisor dev.belay.supervisor.agent.PageDriver "$2" "$3" update
}

# drive_api LINK — the same through the page's own HTTP interface: open the link, press Update, follow the events to the end.
drive_api() {
  local base=${1%%/open*} jar="$work/cookies" key
  key=$(curl -fsS -c "$jar" -H 'Content-Type: application/json' -d "{\"token\":\"${1##*token=}\"}" "$base/session" | jq -r .key)
  curl -fsS -b "$jar" -X POST -H "Origin: $base" -H "X-Belay-Key: $key" -H 'Content-Type: application/json' -d '{}' "$base/api/update" >/dev/null
  timeout 120 curl -fsSN -b "$jar" -H "X-Belay-Key: $key" -H 'Accept: text/event-stream' "$base/api/events" |
    sed -n 's/^data: //p' | jq -r --unbuffered '.message' | sed '/ is installed$/q'
}
