# shellcheck shell=bash
# What plays AWS: a Python environment, ministack, and an OCI registry. All on loopback, all under $DEV.

VENV=$DEV/venv
STACK_DIR=$DEV/ministack
STACK_PID=$STACK_DIR/pid
STACK_MARK=$VENV/bin/ministack
REGISTRY_DIR=$DEV/registry
REGISTRY_PID=$REGISTRY_DIR/pid
# Measured, rounded up.
VENV_SPACE="150 MB" TEST_VENV_SPACE="250 MB"

pins() { cat "$ROOT/scripts/requirements.txt" "$ROOT/scripts/lib/mend_ministack.py"; }
test_pins() { cat "$ROOT/scripts/test-requirements.txt" "$ROOT/scripts/models.txt"; }
has_venv() { pins | cmp -s - "$VENV/pins"; }

# The copies of the pins and of what is mended, each made last, say that the environment is whole and fresh.
venv_ready() {
  if ! has_venv; then
    say python "making $VENV (about half a minute, $VENV_SPACE on disk)"
    stop_aws || true # it runs from there
    install_python make_venv
    pins >"$VENV/pins"
  fi
  if ((WITH_TESTS)) && ! test_pins | cmp -s - "$VENV/test-pins"; then
    say python "adding what the tests need to $VENV ($TEST_VENV_SPACE on disk)"
    install_python add_test_packages
    test_pins >"$VENV/test-pins"
  fi
}

install_python() {
  if ! "$1" >"$DEV/pip.log" 2>&1; then
    tail -n 5 "$DEV/pip.log" >&2
    die "the Python packages could not be installed" "the whole log: $DEV/pip.log"
  fi
  CHANGED=1
}

pip_install() { "$VENV/bin/python" -m pip --disable-pip-version-check install -q "$@"; }

make_venv() {
  python3 -m venv --clear "$VENV" && pip_install -r "$ROOT/scripts/requirements.txt" &&
    "$VENV/bin/python" "$ROOT/scripts/lib/mend_ministack.py"
}

add_test_packages() {
  rm -rf "$VENV/models" # pip adds to what is there
  pip_install -c "$ROOT/scripts/requirements.txt" -r "$ROOT/scripts/test-requirements.txt" &&
    pip_install --no-deps --target "$VENV/models" -r "$ROOT/scripts/models.txt"
}

http_ok() { curl -fsS -o /dev/null --noproxy '*' --max-time 2 "$1" 2>/dev/null; }

# port_of DIR PREFERRED: the port used the last time, if it is still free, so that addresses stay.
port_of() {
  local preferred=$2
  if [[ -s $1/port ]]; then preferred=$(<"$1/port"); fi
  free_port "$preferred" | tee "$1/port"
}

# started NAME DIR MARK URL: waits until it answers, and gives up early when it has ended.
started() {
  within 60 answers_or_ended "$@" && http_ok "$4" && return
  tail -n 5 "$2/log" >&2
  end_owned "$2/pid" "$3" 5 || true
  die "$1 did not start" "the whole log: $2/log"
}
answers_or_ended() { http_ok "$4" || ! is_owned "$2/pid" "$3"; }

stack_ready() {
  local port health
  if is_owned "$STACK_PID" "$STACK_MARK" && [[ $(<"$STACK_DIR/docker-host") == "$DOCKER_HOST" ]]; then
    health=http://127.0.0.1:$(<"$STACK_DIR/port")/_ministack/health
    if http_ok "$health"; then return; fi
  fi
  stop_aws || true # one that hangs, or that talks to another daemon
  mkdir -p "$STACK_DIR/tmp"
  port=$(port_of "$STACK_DIR" 4566)
  printf '%s' "$DOCKER_HOST" >"$STACK_DIR/docker-host"
  # Without IOT_MTLS_ENABLED=0 it would listen on all interfaces, for MQTT.
  launch "$STACK_PID" "$STACK_DIR/log" env -C "$STACK_DIR" -u AWS_PROFILE -u HTTP_PROXY -u http_proxy \
    DOCKER_HOST="$DOCKER_HOST" GATEWAY_PORT="$port" BIND_HOST=127.0.0.1 IOT_MTLS_ENABLED=0 SFTP_ENABLED=0 \
    MINISTACK_HOSTNAME="ecsctl-$CLONE_ID" TMPDIR="$STACK_DIR/tmp" STATE_DIR="$STACK_DIR/state" \
    S3_DATA_DIR="$STACK_DIR/s3" AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 \
    "$VENV/bin/python" "$STACK_MARK"
  started ministack "$STACK_DIR" "$STACK_MARK" "http://127.0.0.1:$port/_ministack/health"
  say aws "started ministack on http://127.0.0.1:$port, log in $STACK_DIR/log"
  CHANGED=1
}

# It removes its containers as it ends; what it could not, we do. Images that are named after it have lost their
# registry, and go too: the daemon may be the user's own.
stop_aws() {
  local host port things
  end_owned "$STACK_PID" "$STACK_MARK" 20 || return 1
  host=$(<"$STACK_DIR/docker-host") port=$(<"$STACK_DIR/port")
  things=$(timeout 10 docker -H "$host" ps -aq --filter "label=ministack.instance=ecsctl-$CLONE_ID:$port" 2>/dev/null) || return 0
  # shellcheck disable=SC2086 # ids, one a word
  [[ -z $things ]] || docker -H "$host" rm -fv $things >/dev/null 2>&1 || true
  things=$(docker -H "$host" image ls --format '{{.ID}} {{.Repository}}' | awk -v at=":$port/" 'index($2, at) { print $1 }' | sort -u)
  # shellcheck disable=SC2086
  [[ -z $things ]] || docker -H "$host" image rm -f $things >/dev/null 2>&1 || true
}

# Prints the path of a registry server. Debian's is unpacked here and not installed: installed, it starts as a
# system service that listens to everybody.
registry_program() {
  local unpacked=$REGISTRY_DIR/package/usr/bin/docker-registry
  if [[ ! -x $unpacked ]] && have apt-get; then
    mkdir -p "$REGISTRY_DIR/package"
    (cd "$REGISTRY_DIR/package" && apt-get download docker-registry && dpkg-deb -x docker-registry_*.deb .) \
      >"$REGISTRY_DIR/apt.log" 2>&1 || true
  fi
  if [[ -x $unpacked ]]; then echo "$unpacked"; else command -v docker-registry; fi
}

registry_ready() {
  local port program
  if is_owned "$REGISTRY_PID" "$REGISTRY_DIR" && http_ok "http://127.0.0.1:$(<"$REGISTRY_DIR/port")/v2/"; then return; fi
  stop_registry || true
  mkdir -p "$REGISTRY_DIR"
  program=$(registry_program) || die "there is no registry server for the push tests" \
    "install one that is called docker-registry (Debian: apt-get install docker-registry), then run scripts/setup again"
  port=$(port_of "$REGISTRY_DIR" 5001)
  cat >"$REGISTRY_DIR/config.yml" <<YAML
version: 0.1
log: {level: warn}
storage:
  filesystem: {rootdirectory: "$REGISTRY_DIR/data"}
  delete: {enabled: true}
http: {addr: "127.0.0.1:$port"}
YAML
  launch "$REGISTRY_PID" "$REGISTRY_DIR/log" "$program" serve "$REGISTRY_DIR/config.yml"
  started docker-registry "$REGISTRY_DIR" "$REGISTRY_DIR" "http://127.0.0.1:$port/v2/"
  say registry "started docker-registry on 127.0.0.1:$port, log in $REGISTRY_DIR/log"
  CHANGED=1
}

stop_registry() { end_owned "$REGISTRY_PID" "$REGISTRY_DIR" 10; }
