# ./museum bench load [--visitors 200] [--every 10s] [--minutes 5] [--out FILE]: a suite of its own under many visitors. Sourced by ./museum.
install_packages run
build AppHost/AppHost.csproj
build benchmarks/Load/Load.csproj
cd "$ROOT"
exec dotnet "benchmarks/Load/bin/compat/$CONFIGURATION/net10.0/Load.dll" --root "$ROOT" --out "$STATE/load.json" "$@"
