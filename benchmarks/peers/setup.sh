#!/usr/bin/env bash
# Installs the peers of `compare` on a Debian machine (as root) and builds their shared libraries into build/, beside this script.
# What is already there is left as it is. Whatever fails is named at the end; compare leaves it out.
set -uo pipefail
cd "$(dirname "$0")"
mkdir -p build
missing=()

# Only what is not there.
packages=()
command -v g++ > /dev/null || packages+=(g++)
[ -e /usr/include/oneapi/dnnl/dnnl.hpp ] || packages+=(libdnnl-dev)
/usr/bin/python3 -c 'import torch' 2> /dev/null || packages+=(python3-torch)
# Without an optimized BLAS, PyTorch's matrix products are 10 to 30 times slower.
ls /usr/lib/*-linux-gnu/openblas*/libblas.so.3 > /dev/null 2>&1 || packages+=(libopenblas0-serial)
if [ ${#packages[@]} -gt 0 ]; then
  apt-get update -qq > build/apt.log 2>&1
  for package in "${packages[@]}"; do
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >> build/apt.log 2>&1 || missing+=("$package")
  done
fi

# Linked in a step of its own, without -ffast-math: that would flush denormals to zero in every process that loads the library.
compile() {
  local name=$1 flags=$2
  shift 2
  g++ -std=c++20 -O3 -march=native $flags -fPIC -c "$name/$name.cpp" -o "build/$name.o" \
    && g++ -shared "build/$name.o" -o "build/libpeer_$name.so" "$@" || missing+=("$name")
  rm -f "build/$name.o"
}
compile cpp "-ffast-math"
compile onednn "-fopenmp" -ldnnl -fopenmp
compile onnxruntime "" -ldl   # ONNX Runtime itself comes from NuGet, with the build of the benchmarks

if [ ${#missing[@]} -gt 0 ]; then
  echo "missing: ${missing[*]}"
  exit 1
fi
echo "all peers are there"
