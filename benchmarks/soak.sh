# ./museum soak [MINUTES]: a suite of its own under four visitors who ask, listen and interrupt (5 min), then another under fifty live calls (10 min). Sourced by ./museum.
# ./museum soak resume [RESUMES]: visitors whose connections break and whose holders are killed.
# ./museum soak page [MINUTES=30]: one page in conversation; heap, nodes and listeners level.
if [ "${1:-}" = page ]; then
  build_suite
  exec node "$ROOT/benchmarks/Page/soak.mjs" --root "$ROOT" --minutes "${2:-30}"
fi
build AppHost/AppHost.csproj
build benchmarks/Soak/Soak.csproj
build benchmarks/Call/Call.csproj
cd "$ROOT"
soak=(dotnet "benchmarks/Soak/bin/compat/$CONFIGURATION/net10.0/Soak.dll" "$ROOT" "$STATE/soak.log" "$@")
[ "${1:-}" != resume ] || exec "${soak[@]}"
status=0
"${soak[@]}" || status=1
# Each of the fifty asks a question of three seconds every 20 s: no error, and memory level from the second minute on.
dotnet "benchmarks/Call/bin/compat/$CONFIGURATION/net10.0/Call.dll" --root "$ROOT" --out "$STATE/soak-calls.json" --calls 50 --minutes "${1:-10}" questions || status=1
exit $status
