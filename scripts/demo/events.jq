# What the scripts read from a home's events.jsonl. The only place here that knows the names in it. Slurped input: `jq -rs 'include "events"; ...'`.

# The moment of an event, in seconds.
def moment: .at | (sub("\\.[0-9]+Z$"; "Z") | fromdateiso8601) + ((capture("(?<f>\\.[0-9]+)Z$") // {f: ".0"}) | "0" + .f | tonumber);

# When the host wrote down that a version is to be had; empty if it did not.
def learned($version): map(select(.event == "available" and .version == $version)) | last | .at // empty;

def runs: map(select(.transaction != null)) | group_by(.transaction);

# One row for each hop: its words, how it ended, its duration and downtime, and how long going back took (-1: it did not), in seconds.
def hops: runs[] | map(select((.hop // 0) > 0)) | group_by(.hop)[]
  | (map(select(.event == "hop-begun")) | first) as $begun | select($begun != null)
  | (map(select(.event | IN("committed", "rolled-back", "not-rolled-back"))) | last) as $final | select($final != null)
  | (map(select(.event == "step-begun" and .step == "stop")) | first // $begun) as $stop
  | (map(select(.event == "failed")) | first) as $failed
  | ($final | moment) as $at
  | ["\($begun.from) -> \($begun.to)", $final.event, $at - ($begun | moment), $at - ($stop | moment),
     if $failed then $at - ($failed | moment) else -1 end];

def downloaded: [runs[] | map(select(.event == "progress" and .step == "download")) | group_by(.total)[] | map(.done) | max] | add // 0;

# How long steps of the newest run took, in seconds.
def spent($steps): runs | sort_by(first | .at) | last | map(select(.step | IN($steps[])))
  | (map(select(.event == "step-done") | moment) | add) - (map(select(.event == "step-begun") | moment) | add);
