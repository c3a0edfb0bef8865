#!/usr/bin/env bash
# The whole story on loopback, with real Tomcats: a vendor publishes, a host is upgraded from 9 over 10.1 to 11 and keeps its edits and data,
# a broken release puts itself back, and the last update is started by a click. Ends with a summary and exit 0. Safe to run twice.
#   scripts/demo.sh            sets up what is missing, builds, runs, cleans up
#   scripts/demo.sh --keep     leaves all of it running and prints the URLs
#   scripts/demo.sh --verbose  prints all that the commands say
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/demo/lib.sh
. "$root/scripts/demo/lib.sh"
# shellcheck source=scripts/demo/story.sh
. "$root/scripts/demo/story.sh"

keep=false
for option in "$@"; do
  case "$option" in
    --keep) keep=true ;;
    --verbose) verbose=true ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) die "unknown option $option; scripts/demo.sh --help says what there is" ;;
  esac
done

# ---- the stage
ensure_commands mvn:maven git:git setsid:util-linux flock:util-linux curl:curl jq:jq sqlite3:sqlite3
ensure_built
fetch_downloads >&2
open_stage
story_started=$(now_ms)
tree_digest() { (cd "$1" && find . -type f ! -name '*.log' ! -name '*.txt' ! -name 'shop.db*' -print0 | sort -z | xargs -0 sha256sum | sha256sum); }
within() { [ "$3" -ge "$1" ] && [ "$3" -lt "$2" ]; }
# what NEW ships in a configuration file and OLD did not has arrived on the host, line by line
has_defaults() { # has_defaults FILE OLD NEW
  local new lost
  new=$(comm -13 <(sort -u "$work/trees/$2/conf/$1") <(sort -u "$work/trees/$3/conf/$1") |
    grep -vE 'port=|connectionTimeout|^\s*(<!--|-->)?\s*$' || true)
  lost=$(comm -23 <(printf '%s\n' "$new" | sort -u) <(sort -u "$home/config/conf/$1") | grep -cvE '^\s*$' || true)
  [ "$lost" -eq 0 ]
}

# ---- 1. the vendor
chapter "1. Vendor: keys, bundles, channels" \
  "Three Tomcats become signed releases: CI publishes to dev alone, and stable takes the signatures of two people."
quietly start_server
scene init_vendor
quietly make_tomcat_releases
for v in "${tomcat_versions[@]}"; do scene publish "$v"; done
scene promote 9.0.117
curl -fsS "$server_url/api/v1/products/shop/channels/dev/path?from=9.0.117" >"$work/path.json"
check "the server's path goes over the required stop" \
  [ "$(jq -c '[.hops[].version]' "$work/path.json")" = '["10.1.59","11.0.24"]' ]

# ---- 2. the host
chapter "2. Host: install, the admin's edits, real data" \
  "A host runs Tomcat 9 with an edited configuration and customers' rows in a database."
run install_host 9.0.117 stable
shop_port=$(free_port)
edit_server_xml "$home/config/conf/server.xml" "$shop_port"
printf '\n# ours: the head office wants it\nshop.owner=head office\n' >>"$home/config/conf/catalina.properties"
sed -i 's|^</tomcat-users>|  <role rolename="shop-admin"/>\n  <user username="eve" password="s3cret-eve" roles="shop-admin"/>\n</tomcat-users>|' "$home/config/conf/tomcat-users.xml"
run supervisor start --home "$home"
wait_for 60 "the shop" serves 9.0.117
quietly visit 40
before=$(rows)
check "9.0.117 answers with $(row_count) visits" serves 9.0.117

# ---- 3. the update
chapter "3. Update: push, plan, two hops" \
  "The host hears of Tomcat 11 at once, shows the way over the required stop, goes it, and keeps every edit and row."
agent_port=$(free_port)
"$root/scripts/supervisor" agent --home "$home" --listen "127.0.0.1:$agent_port" >"$work/agent.log" 2>&1 &
agent_pid=$!
wait_for 30 "the agent" grep -q "Connected to the update server" "$work/agent.log"
scene promote 10.1.59
scene promote 11.0.24
wait_for 10 "the agent to learn of 11.0.24" knows 11.0.24
published=$(stat -c %.3Y "$work/server/repository/metadata/timestamp.json")
learned=$(jq -L "$root/scripts/demo" -rs 'include "events"; learned("11.0.24")' "$home/.supervisor/events.jsonl")
[ -n "$learned" ] || die "the agent did not write down when it learned of 11.0.24"
push_ms=$(awk -v a="$(date -d "$learned" +%s.%3N)" -v b="$published" 'BEGIN { printf "%d", (a - b) * 1000 }')
check "the agent knew $push_ms ms after it was published" within 0 1000 "$push_ms"
expect_status 7 supervisor check --home "$home"
run supervisor update --home "$home" --dry-run
run supervisor update --home "$home" --yes
check "11.0.24 answers over HTTP" serves 11.0.24
check "every row is in the database" [ "$(rows)" = "$before" ]
check "the admin's port, attribute and comment are still there" \
  holds server.xml "port=\"$shop_port\"" 'connectionTimeout="45000"' 'ours: behind the proxy of the head office'
check "the admin's property is still there" holds catalina.properties 'shop.owner=head office'
check "the admin's user is still there" holds tomcat-users.xml 'username="eve"'
all_defaults() { local file; for file; do has_defaults "$file" 9.0.117 11.0.24 || return 1; done; }
check "the new defaults of 11.0.24 are in all three files" all_defaults server.xml catalina.properties tomcat-users.xml

# ---- 4. a bad release
chapter "4. A bad release puts itself back" \
  "A release that deletes rows, spoils a file and never becomes healthy leaves nothing behind."
quietly make_tree 11.0.25 11.0.24
# It deletes the customers' rows, spoils a config file, and never becomes healthy.
cat >"$work/trees/11.0.25/webapps/shop/health.jsp" <<'JSP'
<%@ page contentType="application/json" import="java.sql.*" session="false" %><%
  String base = System.getProperty("catalina.base");
  Class.forName("org.sqlite.JDBC");
  try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + base + "/data/shop.db"); Statement s = db.createStatement()) {
    s.execute("delete from visits");
  }
  java.nio.file.Files.writeString(java.nio.file.Path.of(base, "conf", "tomcat-users.xml"), "<spoiled/>");
  response.setStatus(503);
%>{"status":"the payment module is missing"}
JSP
quietly make_release 11.0.25 '>=11.0.0 <11.0.25' false 'Better payments.' 10s
scene publish 11.0.25
scene promote 11.0.25
quietly visit 5
before=$(rows) config_before=$(tree_digest "$home/config") program_before=$(tree_digest "$home/releases/11.0.24/lib")
expect_status 1 supervisor update --home "$home" --yes
check "11.0.24 answers again" serves 11.0.24
check "the database is row for row as before" [ "$(rows)" = "$before" ]
check "the configs and the program are byte for byte as before" \
  [ "$(tree_digest "$home/config") $(tree_digest "$home/releases/11.0.24/lib")" = "$config_before $program_before" ]
aside supervisor status --home "$home"
aside supervisor history --home "$home"
expect_status 4 supervisor update --home "$home" --yes

# ---- 5. the admin page
chapter "5. A click on Update" "The agent on the host serves a page for whoever may not use a terminal."
"$root/scripts/demo/page.sh" "$work" 11.0.26 "$($verbose && echo --verbose)"

# ---- 6. figures
chapter "6. Summary" "The same in figures, from the host's own event log."
"$root/scripts/demo/summary.sh" "$home" "$push_ms"
printf 'the story took %s (--verbose tells all of it)\n' "$(seconds $(($(now_ms) - story_started)))"
if $keep; then
  trap - EXIT
  printf '\nstill running (scratch directory %s):\n  update server  %s\n  shop           %s/\n  admin page     %s\n' \
    "$work" "$server_url" "$(shop_url)" "$(supervisor open --home "$home")"
  printf 'stop it with: kill %s %s; %s stop --home %s; rm -r %s\n' "$agent_pid" "$server_pid" "$root/scripts/supervisor" "$home" "$work"
fi
