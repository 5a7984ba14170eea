# ./museum drill [--only PROCESS] [--out FILE]: a suite of its own loses one process after the other under a steady flow of questions. Sourced by ./museum.
build AppHost/AppHost.csproj
build benchmarks/Drill/Drill.csproj
cd "$ROOT"
exec dotnet "benchmarks/Drill/bin/compat/$CONFIGURATION/net10.0/Drill.dll" --root "$ROOT" --out "$STATE/drill.json" "$@"
