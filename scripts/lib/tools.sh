# shellcheck shell=bash
# The programs that a machine needs; what is missing is installed where apt is.

MIN_RUST=1.94.1

# The three that setup doesn't install: how they get onto a machine is its owner's choice.
check_ground() {
  [[ $(uname -s) == Linux ]] || die "the stand-ins need Linux, and this is $(uname -s)" \
    "ecsctl itself builds and runs here: cargo build --release"
  have git || die "git is missing" "install it, for example: apt-get install git"
  have python3 || die "python3 is missing (3.10 or newer)" "install it, for example: apt-get install python3"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    die "python3 is $(python3 -V | cut -d' ' -f2), and 3.10 or newer is needed"
  check_rust
}

check_rust() {
  local version
  have cargo || die "cargo is missing ($MIN_RUST or newer)" "install Rust with rustup (see rustup.rs), then open a new shell"
  version=$(cargo --version | cut -d' ' -f2)
  printf '%s\n%s\n' "$MIN_RUST" "${version%%-*}" | sort -V -C ||
    die "cargo is $version, and $MIN_RUST or newer is needed" "with rustup: rustup update stable"
}

# Prints the Debian packages of what is not there.
missing_packages() {
  have cc || echo build-essential
  have curl || echo curl
  have ip || echo iproute2
  have flock || echo util-linux
  have tar || echo tar
  [[ -e /etc/ssl/certs/ca-certificates.crt || -d /etc/pki || -e /etc/ssl/cert.pem ]] || echo ca-certificates
  python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
  static_busybox >/dev/null || echo busybox-static
  have shellcheck || ! have apt-get || echo shellcheck # for scripts/test; nobody is held up for it elsewhere
  if [[ $WITH_DOCKER == 1 ]]; then missing_docker; fi
  if [[ $WITH_DOCKER29 != 0 ]] && has_go; then missing_docker29; fi
}

# Without a daemon of the user's own we need dockerd, and the docker command either way.
missing_docker() {
  have docker && { have dockerd || users_docker_host >/dev/null; } && return
  echo docker.io
  # From Debian 13 on, the command is a package of its own.
  if [[ -n $(apt-cache search --names-only '^docker-cli$' 2>/dev/null) ]]; then echo docker-cli; fi
}

install_missing() {
  local packages
  mapfile -t packages < <(missing_packages)
  ((${#packages[@]})) || return 0
  have apt-get || die "missing, and there is no apt here to install it: ${packages[*]}" \
    "(these are Debian's package names) install them, then run scripts/setup again"
  can_be_root || die "missing, and installing needs root: ${packages[*]}" \
    "run: sudo apt-get install ${packages[*]}"
  say tools "installing ${packages[*]}"
  mkdir -p "$DEV"
  if ! { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${packages[@]}"; } >"$DEV/apt.log" 2>&1; then
    tail -n 5 "$DEV/apt.log" >&2
    die "apt-get could not install ${packages[*]}" "the whole log: $DEV/apt.log"
  fi
  CHANGED=1
}
