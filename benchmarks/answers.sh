# ./museum bench answers [--list] [--entries N] [en|zh] [KIND …]: what the guide answers, by extraction alone. Sourced by ./museum.
build benchmarks/Answers/Answers.csproj
cd "$ROOT"
printf '%s, %s cores, %s, .NET %s\n' "$(date -I)" "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(dotnet_version)"
dotnet "benchmarks/Answers/bin/compat/$CONFIGURATION/net10.0/Answers.dll" content "$@"
