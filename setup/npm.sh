# Parts of npm packages that are no code of ours: libraries, models, sources to build. Sourced.

# Fetches, checks, unpacks what is wanted and puts it in place whole or not at all.
# $1: the package with its version, $2: its SHA-256, $3: the folder, which is there or is made, $4: a log, the rest: what is wanted of it.
fetch_npm_parts() {
  local package=$1 sum=$2 target=$3 log=$4 work
  shift 4
  [ ! -d "$target" ] || return 0
  echo "Fetching $package from npm"
  mkdir -p "$(dirname "$target")" "$(dirname "$log")"
  work=$(mktemp -d "$(dirname "$target")/fetch.XXXXXX")
  if (cd "$work" && npm pack --silent "$package" >/dev/null && echo "$sum  $(ls ./*.tgz)" | sha256sum -c --quiet && tar -xzf ./*.tgz "$@" && rm ./*.tgz) 2>"$log"; then
    # Another clone may have been quicker.
    mv -T "$work" "$target" 2>/dev/null || rm -rf "$work"
  else
    rm -rf "$work"
    echo "museum: $package could not be fetched; the end of $log:" >&2
    tail -n 5 "$log" >&2
    return 1
  fi
}
