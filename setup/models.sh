# ./museum models: fetches models that no package has. Sourced by ./museum; `bash setup/models.sh pull NAME` alone does the same.
#
# Known are those of setup/models.tsv (MUSEUM_MODELS names another table), with size and checksum. A model is under its name only when it is
# whole; what was fetched before a break stays beside it and is gone on with.

MODEL_TRIES=5

models() {
  local action=${1:-list} data="$ROOT/data" name=''
  [ $# -eq 0 ] || shift
  while [ $# -gt 0 ]; do
    case "$1" in
      --data) data=${2:-}; [ -n "$data" ] || model_fail "--data wants a folder"; shift 2 ;;
      -*) model_fail "models knows no option '$1'; see ./museum help" ;;
      *) [ -z "$name" ] || model_fail "one model at a time"; name=$1; shift ;;
    esac
  done
  local table=${MUSEUM_MODELS:-$ROOT/setup/models.tsv}
  case "$action" in
    list) list_models "$table" "$data/models" ;;
    pull) [ -n "$name" ] || model_fail "which model? $(model_names "$table")"; pull_model "$table" "$data/models" "$name" ;;
    *) model_fail "models knows list and pull, not '$action'" ;;
  esac
}

model_fail() { echo "museum: $1" >&2; exit 2; }

model_names() { grep -v '^#' "$1" | cut -f 1 | tr '\n' ' '; }

in_megabytes() { echo "$((($1 + 500000) / 1000000)) MB"; }

size_of() { stat -c %s "$1" 2>/dev/null || echo 0; }

list_models() {
  local name bytes sum url what there
  while IFS=$'\t' read -r name bytes sum url what; do
    case "$name" in '' | '#'*) continue ;; esac
    there=''
    [ ! -f "$2/$name.bin" ] || there=', here'
    [ ! -f "$2/.$name.part" ] || there=", $(in_megabytes "$(size_of "$2/.$name.part")") fetched"
    printf '%-30s %8s   %s%s\n' "$name" "$(in_megabytes "$bytes")" "$what" "$there"
  done <"$1"
}

pull_model() {
  local folder=$2 name bytes sum url what
  IFS=$'\t' read -r name bytes sum url what < <(awk -F '\t' -v name="$3" '$1 == name' "$1") || model_fail "no model is called '$3'; there are $(model_names "$1")"
  local file="$folder/$name.bin" part="$folder/.$name.part"
  command -v curl >/dev/null || { printf 'Missing: curl\n  how to get it: apt-get install curl\n' >&2; return 1; }
  mkdir -p "$folder"
  if [ -f "$file" ] && is_whole "$file" "$bytes" "$sum"; then
    echo "$name is here already: $file"
    return 0
  fi

  [ "$(size_of "$part")" -le "$bytes" ] || rm -f "$part"
  [ "$(size_of "$part")" -eq 0 ] || echo "Going on after $(in_megabytes "$(size_of "$part")")"
  echo "Fetching $name, $(in_megabytes "$bytes"): $what"
  fetch_model "$url" "$part" "$bytes" || return 1
  if ! is_whole "$part" "$bytes" "$sum"; then
    rm -f "$part"
    echo "What came for $name has not the size and SHA-256 that were published ($sum): it was thrown away. Try again; if that stays so, the file at $url is another." >&2
    return 1
  fi
  mv "$part" "$file"
  printf '%s is whole: %s\nUse it: Stt:Providers:LANG = whisper, Stt:Whisper:Model = %s (docs/speech.md)\n' "$name" "$file" "$name"
}

is_whole() { [ "$(size_of "$1")" -eq "$2" ] && [ "$(sha256sum "$1" | cut -d ' ' -f 1)" = "$3" ]; }

# $1: from where, $2: to where, $3: how much. Goes on where a break was, as long as every try brings something.
fetch_model() {
  local try=0 before status bar=--silent
  [ ! -t 2 ] || bar=--progress-bar
  while [ "$(size_of "$2")" -lt "$3" ]; do
    before=$(size_of "$2") status=0
    curl "$bar" --show-error --fail --location --continue-at - --max-filesize "$3" --connect-timeout 15 --speed-limit 1024 --speed-time 30 --output "$2" "$1" || status=$?
    case $status in
      0) [ "$(size_of "$2")" -ge "$3" ] || { echo "The file at $1 is shorter than was published." >&2; rm -f "$2"; return 1; } ;;
      5 | 6 | 7 | 35 | 60) echo "$(host_of "$1") cannot be reached (curl $status): is there a connection to the internet? Without one, copy the file to $(dirname "$2") as $(model_file "$2")." >&2; return 1 ;;
      22) echo "$1 is not to be had there any more, or not for everyone." >&2; return 1 ;;
      33) rm -f "$2" ;;
      63) echo "The file at $1 is longer than was published." >&2; rm -f "$2"; return 1 ;;
    esac
    [ "$(size_of "$2")" -gt "$before" ] && try=0 || try=$((try + 1))
    [ $try -lt $MODEL_TRIES ] || { echo "The connection to $(host_of "$1") broke $MODEL_TRIES times (curl $status). What is here stays; the next pull goes on with it." >&2; return 1; }
    [ $status -eq 0 ] || sleep 1
  done
}

host_of() { echo "$1" | sed -E 's#^[a-z]+://([^/:]+).*#\1#'; }

model_file() { basename "$1" .part | sed -E 's/^\.(.*)/\1.bin/'; }

# Executed, not sourced.
if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  ROOT=$(cd "$(dirname "$0")/.." && pwd)
  models "$@"
fi
