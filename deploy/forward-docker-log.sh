#!/bin/sh
# Reads the log of dockerd from standard input and tells Pull Doctor of the pulls that failed:
#
#   journalctl -f -n 0 -o cat -u docker.service | forward-docker-log.sh
#
# For a Docker host that Pull Doctor does not run on. The settings are those of report-pull.sh, which must be beside it.
# A line that names no image cannot be reported; Pull Doctor itself, where it runs, reads more out of the same log.

reporter=$(dirname "$0")/report-pull.sh

image_in() { # LINE: the image, by the request to the registry, by Docker's own request, or by the daemon's words
  printf '%s\n' "$1" | sed -n \
    -e 's/\\"/"/g' -e 's/%2F/\//g' -e 's/%3A/:/g' -e 't begin' -e ':begin' \
    -e '/fromImage=/{' \
    -e 's/.*[?&]fromImage=\([^&" ]*\)&tag=\(sha256:[0-9a-f]*\).*/\1@\2/p' -e t \
    -e 's/.*[?&]fromImage=\([^&" ]*\)&tag=\([^&" ]*\).*/\1:\2/p' -e t \
    -e '}' \
    -e 's/.*failed to resolve reference "\([^"]*\)".*/\1/p' -e t \
    -e 's#.*https\{0,1\}://\([^/" ]*\)/v2/\([^" ]*\)/manifests/\(sha256:[0-9a-f]*\).*#\1/\2@\3#p' -e t \
    -e 's#.*https\{0,1\}://\([^/" ]*\)/v2/\([^" ]*\)/manifests/\([^" :]*\).*#\1/\2:\3#p' -e t \
    -e 's/.*manifest for \([^" ]*\) not found.*/\1/p' -e t \
    -e 's/.*pull access denied for \([^", ]*\),.*/\1/p'
}

output=$(mktemp)
trap 'rm -f "$output"' EXIT
while IFS= read -r line; do
  case $line in
    *'Not continuing with pull after error'* | *'Handler for POST '*'/images/create returned error'*) ;;
    *) continue ;;
  esac
  image=$(image_in "$line")
  [ -n "$image" ] || continue
  at=$(printf '%s\n' "$line" | sed -n 's/.*time="*:* *"*\([0-9-]*T[0-9:]*\)[.0-9]*Z.*/\1Z/p')
  # The message of the log, which is quoted as Go quotes.
  printf '%s\n' "$line" | sed -e 's/.*returned error: //' -e 's/.*error-response="//' -e 's/.*after error" error="//' \
    -e 's/.*after error: //' -e 's/" method=POST.*//' -e 's/"[^"]*$//' -e 's/\\"/"/g' -e 's/\\n/ /g' >"$output"
  # Two lines of one pull have one key, so the pull is recorded once.
  PULL_STARTED_AT=$at PULL_CLIENT=${PULL_CLIENT:-dockerd} PULL_KEY="$(uname -n) $image ${at:-$(date +%s)}" \
    "$reporter" --tell failed "$image" "$output"
done
