# Starts the suite. Sourced by ./museum.

fail() { echo "museum: $1" >&2; exit 2; }

# Is something listening there already?
port_taken() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

run() {
  local port=8000 host=127.0.0.1 https=false data="$ROOT/data" setup=yes arguments=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --port) port=${2:-}; [[ $port =~ ^[0-9]+$ ]] && [ "$port" -ge 1 ] && [ "$port" -le 65535 ] || fail "--port wants a number from 1 to 65535"; shift 2 ;;
      --host) host=${2:-}; [ -n "$host" ] || fail "--host wants an address"; shift 2 ;;
      --https) https=true; shift ;;
      --data) data=${2:-}; [ -n "$data" ] || fail "--data wants a folder"; shift 2 ;;
      --set) [[ ${2:-} == ?*=* ]] || fail "--set wants KEY=VALUE, for example --set Llm:Model=qwen3"; arguments+=("--Museum:Set:${2%%=*}=${2#*=}"); shift 2 ;;
      --no-setup) setup=no; shift ;;
      *) fail "run knows no option '$1'; see ./museum help" ;;
    esac
  done

  mkdir -p "$data" || fail "the folder $data cannot be made"
  data=$(cd "$data" && pwd)
  # The lock lives as long as the suite does: the AppHost inherits it.
  exec 9>"$data/.lock"
  flock -n 9 || fail "Museum runs already with the data in $data. Stop it first, or start another with --port and --data."
  local probe=$host
  [ "$host" != 0.0.0.0 ] && [ "$host" != '*' ] || probe=127.0.0.1
  ! port_taken "$probe" "$port" || fail "port $port is taken. Choose another with --port."

  require_tools || exit 1
  if [ "$setup" = yes ]; then
    install_packages run || exit 1
    if wants_whisper "${arguments[@]}"; then
      # Without it another recogniser hears, or visitors write.
      { install_packages whisper && install_whisper "$ROOT"; } || echo "Museum starts without Whisper." >&2
    fi
    build_suite || exit 1
  elif [ ! -f "$ROOT/AppHost/bin/compat/$CONFIGURATION/net10.0/AppHost.dll" ]; then
    fail "nothing is built yet: run once without --no-setup"
  fi

  cd "$ROOT/AppHost"
  exec dotnet exec "bin/compat/$CONFIGURATION/net10.0/AppHost.dll" \
    "--Museum:Port=$port" "--Museum:Host=$host" "--Museum:Https=$https" "--Museum:Data=$data" "${arguments[@]}"
}
