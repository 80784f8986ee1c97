#!/bin/sh
# Tells Pull Doctor of a pull. docs/REPORTING.md shows it in pipelines and wrappers.
#
#   report-pull.sh IMAGE COMMAND...            runs the command that pulls the image, and tells how it ended
#   report-pull.sh --tell OUTCOME IMAGE FILE   tells of one that is over: pulled, failed or stopped, and its output
#
# PULL_DOCTOR_URL     where Pull Doctor is: https://pulls.example.com
# PULL_DOCTOR_TOKEN   the admin token
# PULL_CLIENT, PULL_USER, PULL_HOST, PULL_KEY, PULL_STARTED_AT, PULL_TOOK_MS   what else is known of the pull
#
# It ends as the command ends: a report that cannot be sent never fails a pipeline. Needs sh, curl, sed, awk, tr, tail.

json() { # standard input as a JSON string, or null where it is empty
  tr -d '\000-\010\013-\037\177' | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/	/\\t/g' |
    awk '{ printf "%s%s", (NR > 1 ? "\\n" : "\""), $0 } END { if (NR > 0) printf "\"" }'
}

field() { # NAME VALUE: a field of the report, where there is a value
  if [ -n "$2" ]; then printf ',"%s":%s' "$1" "$(printf '%s' "$2" | json)"; fi
}

tell() { # OUTCOME IMAGE FILE
  [ -n "${PULL_DOCTOR_URL:-}" ] && [ -n "${PULL_DOCTOR_TOKEN:-}" ] || return 0
  body=$(mktemp) || return 0
  {
    printf '{"outcome":"%s"' "$1"
    field reference "$2"
    field host "${PULL_HOST:-$(uname -n)}"
    field user "${PULL_USER:-}"
    field client "${PULL_CLIENT:-}"
    field key "${PULL_KEY:-}"
    field startedAt "${PULL_STARTED_AT:-}"
    if [ -n "${PULL_TOOK_MS:-}" ]; then printf ',"tookMs":%d' "$PULL_TOOK_MS"; fi
    if [ "$1" != pulled ] && [ -s "$3" ]; then printf ',"message":%s' "$(tail -c 60000 "$3" | json)"; fi
    printf '}'
  } >"$body"
  # By standard input: an argument could be read by every user of the machine.
  printf 'header = "Authorization: Bearer %s"\n' "$PULL_DOCTOR_TOKEN" |
    curl --config - --silent --show-error --fail --output /dev/null --max-time 10 \
      --header 'content-type: application/json' --data-binary "@$body" "$PULL_DOCTOR_URL/api/v1/attempts" ||
    echo "report-pull: the pull of $2 was not reported" >&2
  rm -f "$body"
}

if [ "${1:-}" = --tell ]; then
  tell "$2" "$3" "${4:-/dev/null}"
  exit 0
fi

image=$1
shift
output=$(mktemp) status=$(mktemp)
PULL_STARTED_AT=$(date -u +%Y-%m-%dT%H:%M:%SZ)
begun=$(date +%s)
# A pipe ends as its last command does, so the status of the first goes by a file.
{ "$@" 2>&1; echo $? >"$status"; } | tee "$output"
code=$(cat "$status")
PULL_TOOK_MS=$((($(date +%s) - begun) * 1000))
if [ "$code" -eq 0 ]; then outcome=pulled; elif [ "$code" -ge 128 ]; then outcome=stopped; else outcome=failed; fi
tell "$outcome" "$image" "$output"
rm -f "$output" "$status"
exit "$code"
