/// The one dialect of the supervisor's JSON: its files, `--json`, the local HTTP interface and the
/// event log. Kebab-case names, ISO 8601 moments, versions and digests as text, durations in
/// seconds, absent instead of null.
@NullMarked
package dev.belay.supervisor.json;

import org.jspecify.annotations.NullMarked;
