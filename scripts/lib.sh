# shellcheck shell=bash
# What the scripts share: where things are, how to speak, wait, and own a process. Sourced, never run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
DEV=$(realpath -m "${ECSCTL_DEV_DIR:-$ROOT/.ecsctl-dev}")
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin # dockerd and ip live there, and a Debian user's PATH has none of them

# One line of the record: what it is about, and what was done; paths from here, where they are below here.
say() { printf '%-10s %s\n' "$1" "${2//"$PWD/"/}"; }

# die PROBLEM [WHAT-TO-DO…]: every further argument is a line of advice.
die() {
  printf 'error: %s\n' "$1" >&2
  shift
  if (($#)); then printf '  %s\n' "$@" >&2; fi
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root: as it is when we are root, through sudo otherwise.
as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# Whether as_root can work. Without a terminal sudo must not ask for a password.
can_be_root() {
  ((EUID == 0)) && return 0
  have sudo || return 1
  [[ -t 0 ]] || sudo -n true 2>/dev/null
}

# within SECONDS COMMAND…: polls until the command succeeds; fails at the deadline.
within() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# owned PIDFILE MARK: prints the pid when that process still runs and is ours. A pid alone proves nothing, as
# numbers are used again: its command line must name MARK, a path of this clone.
owned() {
  local pid cmdline
  [[ -r $1 ]] && read -r pid <"$1" && [[ $pid =~ ^[0-9]+$ ]] || return 1
  { cmdline=$(tr '\0' ' ' <"/proc/$pid/cmdline"); } 2>/dev/null || return 1
  [[ $cmdline == *"$2"* ]] || return 1
  printf '%s' "$pid"
}

is_owned() { owned "$@" >/dev/null; }
is_gone() { ! is_owned "$@"; }

# launch PIDFILE LOG COMMAND…: a process that outlives this script. The shell that writes the pid becomes the command.
# Descriptor 9 is setup's lock, which a daemon must not keep. RUN_AS may hold a sudo to put before it.
RUN_AS=()
launch() {
  local pidfile=$1 log=$2
  shift 2
  rm -f "$pidfile"
  # shellcheck disable=SC2016 # expanded by the inner shell
  "${RUN_AS[@]}" setsid --fork sh -c 'echo $$ >"$0" && exec "$@"' "$pidfile" "$@" >"$log" 2>&1 </dev/null 9>&-
  within 5 test -s "$pidfile" || die "could not start $1" "see $log"
}

# end_owned PIDFILE MARK SECONDS [PREFIX…]: ends our process, first politely. Fails when there was none.
end_owned() {
  local pidfile=$1 mark=$2 grace=$3 pid
  shift 3
  pid=$(owned "$pidfile" "$mark") || return 1
  "$@" kill "$pid" 2>/dev/null || true
  if ! within "$grace" is_gone "$pidfile" "$mark"; then
    "$@" kill -9 "$pid" 2>/dev/null || true
    within 5 is_gone "$pidfile" "$mark" || die "process $pid does not end" "see: cat /proc/$pid/status"
  fi
  "$@" rm -f "$pidfile"
}

# free_port PREFERRED: that port when nobody has it on loopback, else one from the kernel.
free_port() {
  python3 - "$1" <<'PY'
import socket, sys
for port in (int(sys.argv[1]), 0):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            continue
        print(s.getsockname()[1])
        break
PY
}

# Prints the path of a busybox that runs in an image with nothing else in it.
static_busybox() {
  local path
  for path in /bin/busybox /usr/bin/busybox /bin/busybox.static; do
    # A static program names no interpreter.
    if [[ -x $path ]] && ! head -c 4096 "$path" | grep -aq 'ld-linux\|ld-musl'; then
      echo "$path"
      return
    fi
  done
  return 1
}

# What setup had running before this script began; end_session stops the rest again.
begin_session() { RUNNING_BEFORE=$("$ROOT/scripts/setup" --running | tr '\n' ' '); }
end_session() {
  local part parts=()
  for part in $("$ROOT/scripts/setup" --running); do
    [[ " $RUNNING_BEFORE " == *" $part "* ]] || parts+=("$part")
  done
  if ((${#parts[@]})); then "$ROOT/scripts/setup" --stop "${parts[@]}" >/dev/null; fi
}
