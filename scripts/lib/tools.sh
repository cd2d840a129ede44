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
  # For scripts/test; nobody is held up for it where there is no apt.
  if ((WITH_TESTS)) && have apt-get; then have shellcheck || echo shellcheck; fi
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
  mkdir -p "$DEV"
  apt_step "read the package lists" as_root apt-get update -q
  say tools "installing ${packages[*]} ($(apt_space "${packages[@]}"))"
  install_without_services "${packages[@]}"
  CHANGED=1
}

# apt_step WHAT COMMAND…: runs it with its output in the log.
apt_step() {
  local what=$1
  shift
  if ! "$@" >"$DEV/apt.log" 2>&1; then
    tail -n 5 "$DEV/apt.log" >&2
    die "apt-get could not $what" "the whole log: $DEV/apt.log"
  fi
}

# Prints what installing packages takes, in apt's own numbers: "12 new in all, 65.7 MB to download, 265 MB on disk".
apt_space() {
  as_root env LC_ALL=C apt-get install --assume-no --no-install-recommends "$@" 2>/dev/null | awk '
    / newly installed/ { for (i = 2; i <= NF; i++) if ($i == "newly") new = $(i - 1) }
    /^Need to get / { split(substr($0, 13), get, /\/| of /) }
    /^After this operation, / { disk = $4 " " $5 }
    END {
      if (disk == "") printf "apt does not say how much space that takes"
      else printf "%s new in all, %s to download, %s on disk", new, get[1], disk
    }' || true
}

# Installed packages start their services, and enable them for the next boot. Ours must not: dockerd runs under $DEV, and
# ends with scripts/setup --stop. A policy that is there already is its owner's; then the services are stopped.
POLICY=/usr/sbin/policy-rc.d
install_without_services() {
  local fresh made=0
  mapfile -t fresh < <(apt-get -s install --no-install-recommends "$@" 2>/dev/null | new_packages)
  if [[ ! -e $POLICY ]]; then
    made=1
    trap 'as_root rm -f "$POLICY"' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
    as_root chmod 755 "$POLICY"
  fi
  apt_step "install $*" as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "$@"
  disable_services "${fresh[@]}"
  if ((made)); then
    as_root rm -f "$POLICY"
    trap - EXIT
  fi
}

# Without those that are there and get a newer version: apt prints the old one as "[1.2]".
new_packages() { awk '$1 == "Inst" && $3 !~ /^\[/ { print $2 }'; }

# disable_services PACKAGE…: those that these packages have brought.
disable_services() {
  local unit units scripts
  mapfile -t units < <(dpkg -L "$@" 2>/dev/null | sed -nE 's#.*/systemd/system/([^/]+\.(service|socket|timer))$#\1#p' | sort -u)
  mapfile -t scripts < <(dpkg -L "$@" 2>/dev/null | sed -n 's#^/etc/init\.d/##p' | sort -u)
  ((${#units[@]} + ${#scripts[@]})) || return 0
  if have systemctl; then
    for unit in "${units[@]}"; do
      as_root systemctl disable --quiet "$unit" >/dev/null 2>&1 || true # one that can't be enabled
      [[ ! -d /run/systemd/system ]] || as_root systemctl stop --quiet "$unit" 2>/dev/null || true
    done
  else
    for unit in "${scripts[@]}"; do as_root update-rc.d "$unit" disable >/dev/null 2>&1 || true; done
  fi
  say tools "left disabled, as nothing here needs them: ${units[*]}"
}
