# What is there, what is missing, how to get it. Sourced by ./museum.

# Prints the Debian packages that are wanted ($1: run, whisper or test, which wants all), one a line.
wanted_packages() {
  local line
  while read -r line; do
    case "$line" in
      '' | '#'*) ;;
      test:* | whisper:*) if [ "$1" = test ] || [ "$1" = "${line%%:*}" ]; then echo "${line#*: }" | awk '{print $1}'; fi ;;
      *) echo "$line" | awk '{print $1}' ;;
    esac
  done <"$ROOT/setup/debian-packages.txt"
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() {
  local package
  for package in $(wanted_packages "$1"); do
    is_installed "$package" || echo "$package"
  done
}

dotnet_version() { dotnet --version 2>/dev/null || true; }

node_major() { node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/'; }

# Says how to get the two things that Museum does not install by itself; fails if one is missing.
require_tools() {
  local ok=0
  case "$(dotnet_version)" in
    10.*) ;;
    '') say_missing ".NET SDK 10" "https://dotnet.microsoft.com/download/dotnet/10.0 (or your distribution's dotnet-sdk-10.0)"; ok=1 ;;
    *) say_missing ".NET SDK 10 (found $(dotnet_version))" "https://dotnet.microsoft.com/download/dotnet/10.0"; ok=1 ;;
  esac
  if [ "$(node_major)" = '' ] || [ "$(node_major)" -lt 20 ]; then
    say_missing "Node.js 20 or newer (found ${NODE_FOUND:-$(node --version 2>/dev/null || echo none)})" "https://nodejs.org/en/download, or: apt-get install nodejs npm where the release is new enough"
    ok=1
  fi
  return $ok
}

say_missing() { printf 'Missing: %s\n  how to get it: %s\n' "$1" "$2" >&2; }

# Installs the Debian packages that are missing ($1: run, whisper or test).
install_packages() {
  local missing
  missing=$(missing_packages "$1" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  if ! command -v apt-get >/dev/null; then
    say_missing "$missing" "this system has no apt-get; install what corresponds to these Debian packages, then run with --no-setup"
    return 1
  fi
  local sudo=''
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { say_missing "$missing" "as root: apt-get install $missing"; return 1; }
    sudo=sudo
  fi
  echo "Installing from Debian: $missing"
  # Servers are Museum's own child processes: Debian's must not start beside them.
  local policy=/usr/sbin/policy-rc.d made=''
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null && $sudo chmod 755 "$policy" && made=1
  fi
  local log="$STATE/apt.log" status=0
  { $sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1 || status=$?
  [ -z "$made" ] || $sudo rm -f "$policy"
  [ $status -eq 0 ] || { echo "apt-get failed; the end of $log:" >&2; tail -n 15 "$log" >&2; return 1; }
}

# Prometheus's judge of metrics pages, for the tests: out of Debian's package, which installed would bring a server and its daemon.
install_promtool() {
  command -v promtool >/dev/null || [ -x "$STATE/tools/promtool" ] && return 0
  echo "Fetching promtool from Debian's prometheus"
  local work log="$STATE/promtool.log"
  work=$(mktemp -d "$STATE/promtool.XXXXXX")
  if (cd "$work" && { apt-get download prometheus || { $(as_root) apt-get update -q && apt-get download prometheus; }; } && dpkg -x prometheus_*.deb .) >"$log" 2>&1; then
    mkdir -p "$STATE/tools" && mv "$work/usr/bin/promtool" "$STATE/tools/"
    rm -rf "$work"
  else
    rm -rf "$work"
    say_missing promtool "apt-get download prometheus failed, see $log; or put promtool into the PATH"
    return 1
  fi
}

as_root() { [ "$(id -u)" -eq 0 ] || echo sudo; }

doctor() {
  local all=0 package
  check() { if [ "$2" = ok ]; then printf '  ok       %s\n' "$1"; else printf '  missing  %s\n           %s\n' "$1" "$3"; all=1; fi; }
  echo "Museum needs:"
  case "$(dotnet_version)" in 10.*) check ".NET SDK $(dotnet_version)" ok ;; *) check ".NET SDK 10" no "https://dotnet.microsoft.com/download/dotnet/10.0" ;; esac
  if [ "$(node_major)" != '' ] && [ "$(node_major)" -ge 20 ]; then check "Node.js $(node --version)" ok; else check "Node.js 20 or newer" no "https://nodejs.org/en/download"; fi
  for package in $(wanted_packages test); do
    if is_installed "$package"; then check "$package" ok; else check "$package ($(grep -E "(^|: )$package " "$ROOT/setup/debian-packages.txt" | sed -E "s/^([a-z]+: )?$package +//"))" no "apt-get install $package   (./museum run does it)"; fi
  done
  if [ -f "$ROOT/web/dist/index.html" ]; then check "web/dist, the page" ok; else check "web/dist, the page" no "./museum run builds it"; fi
  printf '  %s\n' "$(free -h | awk '/^Mem:/ {print "memory   " $2 ", " $7 " free"}'), $(nproc) cores, $(df -h --output=avail "$ROOT" | tail -n 1 | tr -d ' ') of disk"
  return $all
}
