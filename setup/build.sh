# Builds what has changed. Sourced by ./museum.

CONFIGURATION=Release
SOURCES='AppHost ServiceDefaults Contracts Gateway TextService AudioService VoiceCallService SessionService AvatarService compat web config'

# True when nothing that the suite is built from is newer than its last build.
is_built() {
  [ -f "$STATE/built" ] || return 1
  # shellcheck disable=SC2086
  [ -z "$(cd "$ROOT" && find $SOURCES Directory.* global.json Museum.sln \
    \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune -o -type f -newer "$STATE/built" -print -quit)" ]
}

# $1: the project or solution; the rest is passed on.
build() {
  local started=$SECONDS log="$STATE/build.log" compiler="museum-$$-$RANDOM" status=0
  install_onnxruntime || return 1
  echo "Building $(basename "$1") …"
  # One compiler for all projects, which takes half of the time: of this command's own, and ended with it.
  # -m:2 beside a page build keeps two cores busy without starving them.
  (cd "$ROOT" && UseSharedCompilation=true SharedCompilationId=$compiler dotnet build "$@" -c "$CONFIGURATION" -m:2 --nologo -v q -clp:NoSummary) >"$log" 2>&1 || status=$?
  kill $(pgrep -f -- "-pipename:$compiler\$") 2>/dev/null || true
  if [ $status -ne 0 ]; then
    grep -E 'error|Error' "$log" | sort -u | head -n 40 >&2
    echo "The build failed; all of it is in $log" >&2
    return 1
  fi
  echo "Built in $((SECONDS - started)) s."
}

build_suite() {
  is_built && return 0
  local mark
  mark=$(mktemp "$STATE/mark.XXXXXX")
  build AppHost/AppHost.csproj && build web/Web.csproj && mv "$mark" "$STATE/built"
}
