# ./museum soak [MINUTES]: a suite of its own under four visitors who ask, listen and interrupt. Sourced by ./museum.
build AppHost/AppHost.csproj
build benchmarks/Soak/Soak.csproj
cd "$ROOT"
exec dotnet "benchmarks/Soak/bin/compat/$CONFIGURATION/net10.0/Soak.dll" "$ROOT" "$STATE/soak.log" "$@"
