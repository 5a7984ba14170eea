# Runs the tests. Sourced by ./museum.

# Start a whole suite each, or many hosts: never two of them at once.
SUITES='AppHost.Tests|E2e.Tests|Compat.Aspire.Tests'

# What was built of the test projects wanted: all, or those whose name holds one of the words given; the largest first.
test_libraries() {
  local project name word wanted=()
  for project in "$ROOT"/tests/*.Tests; do
    name=$(basename "$project")
    for word in "${@:-.Tests}"; do
      case "$name" in *"$word"*) wanted+=("$project/bin/${MuseumPackages:-compat}/$CONFIGURATION/net10.0/$name.dll"); break ;; esac
    done
  done
  [ ${#wanted[@]} -eq 0 ] || ls -S "${wanted[@]}"
}

# Two lanes: tests wait for servers, voices and clocks far more than they compute (nine minutes of processor in twenty, building included).
run_tests() {
  local work lanes
  work=$(mktemp -d "$STATE/tests.XXXXXX")
  touch "$work/counts"
  test_libraries "$@" >"$work/all"
  grep -E "/($SUITES)\.dll$" "$work/all" >"$work/suites" || true
  grep -vE "/($SUITES)\.dll$" "$work/all" >"$work/rest" || true
  [ $# -gt 0 ] || [ ! -f "$ROOT/web/package.json" ] || echo web >>"$work/rest"
  : >"$STATE/test.log"

  # With job control a lane is a process group, which Ctrl+C ends with all that its tests have started.
  set -m
  { run_lane "$work/suites" "$work"; run_lane "$work/rest" "$work"; } </dev/null &
  lanes="-$!"
  run_lane "$work/rest" "$work" </dev/null &
  lanes="$lanes -$!"
  # shellcheck disable=SC2064
  trap "kill -- $lanes 2>/dev/null; exit 130" INT TERM
  wait
  trap - INT TERM
  set +m

  local passed failed skipped
  read -r passed failed skipped < <(awk '{p += $1; f += $2; s += $3} END {print p + 0, f + 0, s + 0}' "$work/counts")
  rm -rf "$work"
  echo
  if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# $1: a file with what waits, a line each, which the lanes share; $2: the folder of this run.
run_lane() {
  local next
  while next=$(flock "$2/counts" sh -c 'head -n 1 "$0"; sed -i 1d "$0"' "$1"); [ -n "$next" ]; do
    if [ "$next" = web ]; then run_web_tests "$2"; else run_library "$next" "$2"; fi
  done
}

run_library() {
  local output name
  name=$(basename "$1" .dll)
  output=$(cd "$ROOT" && dotnet test "$1" --nologo --logger 'console;verbosity=normal' 2>&1) || true
  count() { printf '%s\n' "$output" | sed -nE "s/^ *$1: +([0-9]+).*/\1/p" | tail -n 1; }
  report "$2" "$name" "$(count Passed)" "$(count Failed)" "$(count Skipped)" \
    "$(printf '%s\n' "$output" | sed -nE 's/^ *Total time: +//p' | tail -n 1)" "$output" "$(printf '%s\n' "$output" | grep -E -A 14 '^ *Failed ' | sed -n '1,120p')"
}

run_web_tests() {
  local output
  output=$(cd "$ROOT/web" && npm test --silent 2>&1 | sed 's/\x1b\[[0-9;]*m//g') || true
  count() { printf '%s\n' "$output" | sed -nE "s/^ *Tests .*[^0-9]([0-9]+) $1.*/\1/p" | tail -n 1; }
  report "$1" web "$(count passed)" "$(count failed)" '' '' "$output" "$(printf '%s\n' "$output" | tail -n 60)"
}

# $1: the folder of this run; then name, passed, failed, skipped (nothing of all three: they did not run), time, all that was said, and what failed.
report() {
  (
    flock 9
    printf '%s\n' "$7" >>"$STATE/test.log"
    if [ -z "$3$4$5" ]; then
      echo "0 1 0" >>"$1/counts"
      printf '%-34sdid not run\n' "$2"
      printf '%s\n' "$7" | tail -n 20
    else
      echo "${3:-0} ${4:-0} ${5:-0}" >>"$1/counts"
      printf '%-34s%4s passed %3s failed   %s\n' "$2" "${3:-0}" "${4:-0}" "$6"
      [ "${4:-0}" -eq 0 ] || printf '%s\n' "$8"
    fi
  ) 9>>"$1/counts"
}

# And the page's types of the protocol and of the API. The services' first, then the one of config/global.json, which is all of them together.
write_schemas() {
  local project
  for project in Contracts SessionService TextService AudioService AvatarService VoiceCallService Gateway Architecture; do
    (cd "$ROOT" && MUSEUM_WRITE_SCHEMAS=1 dotnet test "tests/$project.Tests" -c "$CONFIGURATION" --nologo -v q --filter 'FullyQualifiedName~SchemaTests') || return 1
  done
  (cd "$ROOT/web" && npm run generate --silent) || return 1
  (cd "$ROOT" && git status --short config/schema web)
}
