# Runs the tests. Sourced by ./museum.

# Names of the test projects wanted: all, or those whose name holds one of the words given.
test_projects() {
  local project word
  for project in "$ROOT"/tests/*.Tests/*.csproj; do
    if [ $# -eq 0 ]; then echo "$project"; continue; fi
    for word in "$@"; do
      case "$(basename "$project")" in *"$word"*) echo "$project" ;; esac
    done
  done
}

# Each project by itself, so that two cores are enough for those that start the whole suite.
run_tests() {
  local project output passed=0 failed=0 skipped=0 broken=0 log="$STATE/test.log" count
  : >"$log"
  for project in $(test_projects "$@"); do
    printf '%-34s' "$(basename "$project" .csproj)"
    output=$(cd "$ROOT" && dotnet test "$project" -c "$CONFIGURATION" --no-build --nologo -v q --logger 'console;verbosity=normal' 2>&1) || true
    printf '%s\n' "$output" >>"$log"
    count() { printf '%s\n' "$output" | sed -nE "s/^ *$1: +([0-9]+).*/\1/p" | tail -n 1; }
    local p f s
    p=$(count Passed); f=$(count Failed); s=$(count Skipped)
    if [ -z "$p$f$s" ]; then
      broken=$((broken + 1)); echo "did not run"; printf '%s\n' "$output" | tail -n 15
      continue
    fi
    passed=$((passed + ${p:-0})); failed=$((failed + ${f:-0})); skipped=$((skipped + ${s:-0}))
    printf '%4s passed %3s failed   %s\n' "${p:-0}" "${f:-0}" "$(printf '%s\n' "$output" | sed -nE 's/^ *Total time: +//p' | tail -n 1)"
    [ "${f:-0}" -eq 0 ] || printf '%s\n' "$output" | grep -E -A 14 '^ *Failed ' | sed -n '1,120p' || true
  done

  if [ $# -eq 0 ] && [ -f "$ROOT/web/package.json" ]; then
    printf '%-34s' web
    if output=$(cd "$ROOT/web" && npm test --silent 2>&1); then :; fi
    printf '%s\n' "$output" >>"$log"
    output=$(printf '%s\n' "$output" | sed 's/\x1b\[[0-9;]*m//g')
    local p f
    p=$(printf '%s\n' "$output" | sed -nE 's/^ *Tests .* ([0-9]+) passed.*/\1/p' | tail -n 1)
    f=$(printf '%s\n' "$output" | sed -nE 's/^ *Tests .* ([0-9]+) failed.*/\1/p' | tail -n 1)
    if [ -z "$p$f" ]; then broken=$((broken + 1)); echo "did not run"; printf '%s\n' "$output" | tail -n 20
    else
      passed=$((passed + ${p:-0})); failed=$((failed + ${f:-0})); printf '%4s passed %3s failed\n' "${p:-0}" "${f:-0}"
      [ "${f:-0}" -eq 0 ] || printf '%s\n' "$output" | tail -n 60
    fi
  fi

  failed=$((failed + broken))
  echo
  if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# The services' first, then the one of config/global.json, which is all of them together.
write_schemas() {
  local project
  for project in SessionService Gateway TextService AudioService AvatarService VoiceCallService Architecture; do
    (cd "$ROOT" && MUSEUM_WRITE_SCHEMAS=1 dotnet test "tests/$project.Tests" -c "$CONFIGURATION" --nologo -v q --filter 'FullyQualifiedName~SchemaTests') || return 1
  done
  (cd "$ROOT" && git status --short config/schema)
}
