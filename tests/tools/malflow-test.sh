# SPDX-License-Identifier: GPL-2.0-or-later
# `./malflow test`, read by ./malflow alone. Three builds: gcc with all tests, gcc with sanitizers
# (its plugin is what the tests of bad input load), and clang, for its own warnings and the fuzz targets.
# shellcheck shell=bash disable=SC2154 # here, cache, me, build_needs: of ./malflow

test_needs=(
    cmd:python3=python3 cmd:clang=clang cmd:clang-format=clang-format
    'file:/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.*=libclang-rt-dev'
    cmd:editcap=wireshark-common cmd:mergecap=wireshark-common cmd:capinfos=wireshark-common
    cmd:setpriv=util-linux
    file:/usr/lib/python3/dist-packages/jsonschema/__init__.py=python3-jsonschema
    cmd:chromium=chromium cmd:chromedriver=chromium-driver
    file:/usr/lib/python3/dist-packages/selenium/__init__.py=python3-selenium
)
gui_needs=(
    cmd:Xvfb=xvfb cmd:xdotool=xdotool cmd:import=imagemagick
    cmd:openbox=openbox cmd:dbus-daemon=dbus-daemon
    file:/usr/share/dbus-1/services/org.a11y.Bus.service=at-spi2-core
    file:/usr/lib/*/girepository-1.0/Atspi-2.0.typelib=gir1.2-atspi-2.0
    file:/usr/lib/python3/dist-packages/gi/__init__.py=python3-gi
)

run_tests()
{
    if [ "${1-}" = --wireshark ]; then
        [ $# -ge 2 ] || wrong_usage "--wireshark needs a version: 4.0, 4.4 or 4.6"
        # shellcheck source=tests/tools/malflow-root.sh
        . "$here/tests/tools/malflow-root.sh"
        shift
        run_tests_in_root "$@"
        return
    fi
    local dir
    dir=$(build_root)
    find_window_needs
    require "${build_needs[@]}" "${test_needs[@]}" "${window_needs[@]}" "${gui_needs[@]}"
    check_versions
    say "building in $dir/clang, $dir/asan and $dir/test"
    compile "$dir/clang" clang
    compile "$dir/asan" asan
    compile "$dir/test" test "-DMALFLOW_ASAN_BUILD=$dir/asan"
    ctest --test-dir "$dir/test" --output-on-failure --parallel "$(nproc)" "$@"
}
