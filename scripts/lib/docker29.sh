# shellcheck shell=bash
# Today's Docker, whose images lie in containerd's store. Distributions have an older one, and nobody's own daemon is
# touched: it is compiled from its Go modules, and runs beside the other, with its own data, network and socket.

DOCKER29_DIR=$DEV/docker29
DOCKER29_BIN=$DOCKER29_DIR/bin
# The newest that the modules' go.mod files ask for.
DOCKER29_GO=1.26.3
# Docker Engine 29, and the containerd and runc that it starts: a distribution's runc is too old for its containers.
DOCKER29_MODULES=(
  github.com/moby/moby/v2/cmd/dockerd@v2.0.0-beta.24
  github.com/moby/moby/v2/cmd/docker-proxy@v2.0.0-beta.24
  github.com/containerd/containerd/v2/cmd/containerd@v2.4.2
  github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2@v2.4.2
  github.com/opencontainers/runc@v1.4.0
)

# Runs a function of docker.sh for this daemon.
for_docker29() {
  local DOCKER_DIR=$DOCKER29_DIR DOCKER_PID=$DOCKER29_DIR/dockerd.pid BRIDGE=ecs29-$CLONE_ID
  # The docker command of Debian 12 speaks API 1.41, and Docker 29 by default none before 1.44.
  local DOCKERD=(env "PATH=$DOCKER29_BIN:$PATH" DOCKER_MIN_API_VERSION=1.24 "$DOCKER29_BIN/dockerd")
  "$@"
}

# Whether it can be compiled here: with a Go that is new enough, or may fetch one that is (GOTOOLCHAIN).
has_go() {
  have go && { is_go "$DOCKER29_GO" || { is_go 1.21 && [[ $(go env GOTOOLCHAIN) == *auto ]]; }; }
}
is_go() { printf '%s\n%s\n' "$1" "$(go env GOVERSION | sed 's/^go//; s/ .*//')" | sort -V -C; }

# Prints the Debian packages that compiling it takes besides: BuildKit wants a runc that knows seccomp.
missing_docker29() {
  docker29_compiled && return
  have pkg-config || echo pkg-config
  pkg-config --exists libseccomp 2>/dev/null || echo libseccomp-dev
}

docker29_compiled() { printf '%s\n' "${DOCKER29_MODULES[@]}" | cmp -s - "$DOCKER29_BIN/modules"; }

# The list of modules, written last, says that all of them are there.
compile_docker29() {
  docker29_compiled && return
  has_go || die "Docker 29 is compiled from source, and that needs Go $DOCKER29_GO or newer" \
    "see go.dev/dl, or go without: scripts/setup"
  say docker29 "compiling dockerd and containerd (three minutes on two cores)"
  rm -rf "$DOCKER29_BIN"
  mkdir -p "$DOCKER29_BIN"
  if ! install_modules >"$DOCKER29_DIR/go.log" 2>&1; then
    tail -n 5 "$DOCKER29_DIR/go.log" >&2
    die "Docker 29 could not be compiled" "the whole log: $DOCKER29_DIR/go.log"
  fi
  printf '%s\n' "${DOCKER29_MODULES[@]}" >"$DOCKER29_BIN/modules"
  CHANGED=1
}

# Three tries, as a download may break off; what has arrived and is compiled stays in Go's caches. Twenty minutes
# in all, as one may also hang.
install_modules() {
  local module try end=$((SECONDS + 1200))
  for module in "${DOCKER29_MODULES[@]}"; do
    for try in 1 2 3; do
      echo "$module, try $try"
      ((SECONDS < end)) || return 1
      GOBIN=$DOCKER29_BIN GOFLAGS="-ldflags=-s -tags=seccomp" timeout $((end - SECONDS)) go install "$module" && continue 2
    done
    return 1
  done
}

docker29_host() { for_docker29 own_docker_host; }
docker29_runs() { for_docker29 is_dockerd_owned; }

docker29_ready() {
  local host
  host=$(docker29_host)
  if docker29_runs && docker_answers "$host" >/dev/null; then return; fi
  compile_docker29
  for_docker29 start_dockerd
  say docker29 "started dockerd ${DOCKER29_MODULES[0]#*@}, log in $DOCKER29_DIR/dockerd.log"
  CHANGED=1
}

stop_docker29() { for_docker29 stop_docker; }
