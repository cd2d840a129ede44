# shellcheck shell=bash
# The Docker daemon: the user's own when one answers, else one of ours, apart from everything else on the machine.

DOCKER_DIR=$DEV/docker
DOCKER_PID=$DOCKER_DIR/dockerd.pid
DOCKERD=(dockerd)
CLONE_ID=$(printf '%s' "$DEV" | sha256sum | cut -c1-8)
BRIDGE=ecsctl-$CLONE_ID # 15 characters, the most that Linux takes

# A directory for sockets. A socket's path has at most 107 bytes, and containerd adds 45 to this one: a clone deep
# down gets a short directory elsewhere, remembered by a link.
run_dir() {
  local link=$DOCKER_DIR/run
  if [[ ! -d $link ]]; then
    mkdir -p "$DOCKER_DIR"
    if ((${#link} <= 60)); then mkdir -p "$link"; else ln -sfn "$(mktemp -d /tmp/ecsctl-XXXXXX)" "$link"; fi
  fi
  readlink -f "$link"
}

docker_answers() { timeout 10 docker -H "$1" version --format '{{.Server.Version}}' 2>/dev/null; }

own_docker_host() { printf 'unix://%s/docker.sock' "$(run_dir)"; }

# By its data root, which no other command line has.
is_dockerd_owned() { is_owned "$DOCKER_PID" "$DOCKER_DIR/data"; }

# Prints the address of the daemon that the user's docker command talks to, when it answers.
users_docker_host() {
  local host=${DOCKER_HOST:-}
  if [[ -z $host ]]; then
    host=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null) || host=unix:///var/run/docker.sock
  fi
  docker_answers "$host" >/dev/null && printf '%s' "$host"
}

# Sets and exports DOCKER_HOST to a daemon that answers; starts one if need be.
docker_ready() {
  local host own
  own=$(own_docker_host)
  if is_dockerd_owned && docker_answers "$own" >/dev/null; then
    export DOCKER_HOST=$own
    return
  fi
  [[ ${DOCKER_HOST:-} != "$own" ]] || unset DOCKER_HOST # from an env file of before --stop
  if host=$(users_docker_host); then
    export DOCKER_HOST=$host
    [[ $host == unix://* ]] || say docker "using $host; the demo and some tests need a daemon on this machine"
    return
  fi
  [[ -z ${DOCKER_HOST:-} ]] || die "no Docker daemon answers at DOCKER_HOST=$DOCKER_HOST" \
    "start it, or unset DOCKER_HOST: scripts/setup then starts a daemon of its own"
  start_dockerd
  own=$(own_docker_host)
  export DOCKER_HOST=$own
  say docker "started dockerd $(docker_answers "$own"), log in $DOCKER_DIR/dockerd.log"
  CHANGED=1
}

start_dockerd() {
  local own
  can_be_root || die "no Docker daemon answers, and starting one needs root" \
    "start Docker (for example: systemctl start docker), or run scripts/setup as root or with sudo"
  stop_docker || true # one that hangs, or a containerd that outlived its dockerd
  own=$(own_docker_host)
  make_bridge
  launch_dockerd "$own"
  if ! within 60 dockerd_settled "$own" || ! docker_answers "$own" >/dev/null; then
    tail -n 5 "$DOCKER_DIR/dockerd.log" >&2
    stop_docker || true
    die "dockerd did not start" "the whole log: $DOCKER_DIR/dockerd.log" \
      "in a container it needs --privileged; or start a Docker daemon elsewhere and set DOCKER_HOST"
  fi
}

# Firewall rules and forwarding are left alone: the stand-in and the tests reach containers by the bridge, and a
# daemon for tests should leave no trace in a machine's network. (So its containers don't reach the internet.)
launch_dockerd() {
  local run RUN_AS=()
  run=$(run_dir)
  if ((EUID != 0)); then
    sudo true # asks for the password now, in the foreground
    RUN_AS=(sudo -n)
  fi
  as_root rm -f "$run/dockerd.pid" # of one that was killed: dockerd believes the number, whoever has it now
  launch "$DOCKER_PID" "$DOCKER_DIR/dockerd.log" "${DOCKERD[@]}" \
    --host "$1" --group "$(id -gn)" \
    --data-root "$DOCKER_DIR/data" --exec-root "$run/exec" --pidfile "$run/dockerd.pid" \
    --bridge "$BRIDGE" --iptables=false --ip6tables=false --ip-forward=false \
    --containerd-namespace "ecsctl-$CLONE_ID" --containerd-plugins-namespace "ecsctl-plugins-$CLONE_ID"
}

dockerd_settled() { docker_answers "$1" >/dev/null || ! is_dockerd_owned; }

# A bridge of our own: two daemons on docker0 would give out the same addresses.
make_bridge() {
  local net
  ip link show "$BRIDGE" >/dev/null 2>&1 && return
  net=$(free_subnet) || die "no free 10.213.x.0/24 for the containers' network" "see: ip -4 addr"
  if ! as_root ip link add "$BRIDGE" type bridge || ! as_root ip addr add "$net.1/24" dev "$BRIDGE" ||
    ! as_root ip link set "$BRIDGE" up; then
    die "cannot make a network bridge for Docker's containers" \
      "in a container this needs --privileged; or start a Docker daemon elsewhere and set DOCKER_HOST"
  fi
}

free_subnet() {
  local used n
  used=$(ip -4 -o addr && ip -4 route)
  for n in {0..255}; do
    [[ $used == *"10.213.$n."* ]] && continue
    printf '10.213.%s' "$n"
    return
  done
  return 1
}

# Stops only what start_dockerd started. Fails when nothing ran.
stop_docker() {
  local run found=1 running mounted
  [[ -d $DOCKER_DIR ]] || return 1
  run=$(run_dir)
  # On a daemon of our own all containers are ours; dockerd would give each ten seconds to end.
  running=$(timeout 10 docker -H "$(own_docker_host)" ps -q 2>/dev/null) || running=
  # shellcheck disable=SC2086 # ids, one a word
  [[ -z $running ]] || docker -H "$(own_docker_host)" kill $running >/dev/null 2>&1 || true
  end_owned "$DOCKER_PID" "$DOCKER_DIR/data" 30 as_root && found=0
  # Killed hard, dockerd leaves its containerd behind.
  end_owned "$run/exec/containerd/containerd.pid" "$run/exec/containerd" 10 as_root || true
  if ip link show "$BRIDGE" >/dev/null 2>&1; then as_root ip link delete "$BRIDGE"; fi
  # Killed hard, it also leaves mounts, and its folder could not be deleted. (The last mounted first.)
  cut -d' ' -f2 /proc/self/mounts | grep -F -e "$DOCKER_DIR/" -e "$run/" | tac | while read -r mounted; do
    as_root umount "$mounted" || true
  done || true
  if [[ -L $DOCKER_DIR/run && $run == /tmp/ecsctl-?????? ]]; then
    as_root rm -rf --one-file-system "$run"
    rm -f "$DOCKER_DIR/run"
  fi
  return "$found"
}
