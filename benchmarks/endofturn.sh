# ./museum bench endofturn [--list]: how many pauses are taken for ends, and how soon ends are known. Sourced by ./museum.
build benchmarks/EndOfTurn/EndOfTurn.csproj
cd "$ROOT"
printf '%s, .NET %s\n' "$(date -I)" "$(dotnet_version)"
dotnet "benchmarks/EndOfTurn/bin/compat/$CONFIGURATION/net10.0/EndOfTurn.dll" "$@"
