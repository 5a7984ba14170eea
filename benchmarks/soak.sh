# ./museum soak [MINUTES]: a suite of its own under four visitors who ask, listen and interrupt (5 min), then another under fifty live calls (10 min). Sourced by ./museum.
build AppHost/AppHost.csproj
build benchmarks/Soak/Soak.csproj
build benchmarks/Call/Call.csproj
cd "$ROOT"
status=0
dotnet "benchmarks/Soak/bin/compat/$CONFIGURATION/net10.0/Soak.dll" "$ROOT" "$STATE/soak.log" "$@" || status=1
# Each of the fifty asks a question of three seconds every 20 s: no error, and memory level from the second minute on.
dotnet "benchmarks/Call/bin/compat/$CONFIGURATION/net10.0/Call.dll" --root "$ROOT" --out "$STATE/soak-calls.json" --calls 50 --minutes "${1:-10}" questions || status=1
exit $status
