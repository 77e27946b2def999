#!/usr/bin/env bash
# Builds the solution once and runs every test project under tests/. The last line is `N passed, N failed, N skipped`.
#
#   ./test.sh             suites whose server is not installed are skipped, and named with the reason
#   CI=true ./test.sh     installs what is missing with the system's package manager; what is still missing is a failure
#
# Tests find a folder of their own in TRACERA_TEST_TMP; TRACERA_REQUIRE_SERVERS=1 tells them that a missing server is a failure.
set -uo pipefail

readonly root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly configuration=Release

# What the tests use beside the .NET SDK: a command and the Debian package that holds it.
needs() {
  need git git
  need redis-server redis-server
  need_postgres
}

missing=()

need() { # command, package
  command -v "$1" >/dev/null || missing+=("$2")
}

# Debian keeps the server's programs out of the path, in a folder of each version.
need_postgres() {
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_missing() {
  needs
  if [ "${CI:-}" != true ]; then
    [ ${#missing[@]} -eq 0 ] || echo "not installed, so some tests may be skipped: ${missing[*]}"
    return 0
  fi

  export TRACERA_REQUIRE_SERVERS=1
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "installing ${missing[*]}"
  as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" || return 1
  missing=()
  needs
  [ ${#missing[@]} -eq 0 ]
}

child=
tmp=

clean_up() {
  if [ -n "$child" ]; then
    kill "$child" 2>/dev/null
    wait "$child" 2>/dev/null
  fi
  [ -z "$tmp" ] || rm -rf "$tmp"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Runs a command so that a signal to this script reaches it too.
run() {
  "$@" </dev/null &
  child=$!
  wait "$child"
  local code=$?
  child=
  return $code
}

passed=0 failed=0 skipped=0

finish() { # exit code
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$1"
}

# A fault outside of any test: it counts as one failure, so that the last line never looks green.
fault() { # message
  echo "FAILED: $1"
  failed=$((failed + 1))
}

counter() { # name, trx file
  local value
  value="$(grep -o '<Counters [^>]*>' "$2" | head -n 1 | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*')"
  echo "${value:-0}"
}

# One line for each test that did not run, with its reason.
skips_in() { # trx file
  tr '\n' ' ' <"$1" | sed 's/<UnitTestResult /\n&/g' | grep '^<UnitTestResult [^>]*outcome="NotExecuted"' |
    sed -E 's/^.* testName="([^"]*)".*<(Message|StdOut)>([^<]*)<.*$/    skipped: \1: \3/; s/^<.* testName="([^"]*)".*$/    skipped: \1/' |
    sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#39;/'"'"'/g; s/&amp;/\&/g'
}

# dotnet test's own words go to a file; they are shown when something is wrong.
test_project() { # project file
  local name log results code total
  name="$(basename "$1" .csproj)"
  log="$tmp/$name.log"
  results="$tmp/results/$name.trx"
  run dotnet test "$1" --configuration "$configuration" --no-build --nologo \
    --blame-hang-timeout 20m --blame-hang-dump-type none \
    --results-directory "$tmp/results" --logger "trx;LogFileName=$name.trx" >"$log" 2>&1
  code=$?

  if [ ! -f "$results" ]; then
    cat "$log"
    fault "$name: the run left no results (exit code $code)"
    return
  fi

  total="$(counter total "$results")"
  local ok bad
  ok="$(counter passed "$results")"
  bad=$(($(counter failed "$results") + $(counter error "$results") + $(counter timeout "$results") + $(counter aborted "$results")))
  printf '%-32s %5d passed %5d failed %5d skipped\n' "$name" "$ok" "$bad" $((total - ok - bad))
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - ok - bad))
  skips_in "$results"

  if [ "$bad" -gt 0 ]; then
    cat "$log"
  elif [ "$code" -ne 0 ]; then
    cat "$log"
    fault "$name: the test process ended with exit code $code"
  fi
}

main() {
  cd "$root" || exit 1
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
  tmp="$(mktemp -d)" || exit 1
  export TRACERA_TEST_TMP="$tmp/tests"
  mkdir -p "$TRACERA_TEST_TMP" "$tmp/results"

  if ! command -v dotnet >/dev/null; then
    fault "the .NET SDK that global.json names is not installed"
    finish 1
  fi
  if ! install_missing; then
    fault "could not be installed: ${missing[*]}"
    finish 1
  fi
  if ! run dotnet build Tracera.sln --configuration "$configuration" --nologo --verbosity quiet; then
    fault "the build"
    finish 1
  fi

  local project
  for project in tests/*/*.csproj; do
    test_project "$project"
  done

  [ $((passed + failed)) -gt 0 ] || fault "no test ran"
  [ "$failed" -eq 0 ] && finish 0
  finish 1
}

main
