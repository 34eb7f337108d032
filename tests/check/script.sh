#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What ./malflow says and does, in a world of stubs: a copy of the script, a PATH that holds the
# essential tools of a bare Debian and no others, and fakes of those that it may call. Each fake
# writes its call into $world/calls.
# shellcheck disable=SC2016 # the fakes expand their own variables
set -euo pipefail
. tests/check/sources.sh

world=$(mktemp -d)
trap 'rm -rf "$world"' EXIT
mkdir -p "$world"/{bin,home,share,checkout/{plugin,signatures,tests/tools}}
cp -R plugin/profile plugin/setup.sh "$world/checkout/plugin"
cp malflow CMakeLists.txt CMakePresets.json "$world/checkout"
cp tests/tools/malflow-*.sh "$world/checkout/tests/tools"
touch "$world/checkout/tests/tools/figure1.py" "$world/capture.pcap"
malflow=$world/checkout/malflow

for tool in bash basename cat cksum cp cut dirname env find grep head id ls mkdir mktemp mv nproc \
    printf readlink rm sed seq sort stat sync tail tar touch tr uname; do
    ln -s "$(type -P "$tool")" "$world/bin/$tool"
done

# fake NAME: a program whose body is standard input.
fake()
{
    rm -f "$world/bin/$1"
    { printf '#!%s\necho "%s $*" >>"%s/calls"\nworld=%s\n' "$(type -P bash)" "$1" "$world" "$world" && cat; } >"$world/bin/$1"
    chmod +x "$world/bin/$1"
}

become()
{
    fake id <<<"echo $1"
}

# run ARGS...: sets status, out, err.
run()
{
    : >"$world/calls"
    status=0
    env -i HOME="$world/home" PATH="$world/bin" DISPLAY="${display-}" "$malflow" "$@" \
        >"$world/out" 2>"$world/err" </dev/null || status=$?
    out=$(<"$world/out") err=$(<"$world/err")
}

# expect STATUS WHAT: the last run ended so, and its standard error holds WHAT.
expect()
{
    [ "$status" = "$1" ] || fail "$case: exit $status instead of $1: $err"
    [[ $err == *"$2"* ]] || fail "$case: '$2' is not in: $err"
}

called()
{
    grep -q "^$1 " "$world/calls"
}

test_usage()
{
    case='nothing' && run
    expect 2 './malflow help'
    [ -z "$out" ] || fail "$case: prints on standard output"
    case='wrong command' && run frobnicate
    expect 2 "there is no 'frobnicate'"
    case='no file' && run json
    expect 2 'json needs a capture file'
    case='no file' && run report
    expect 2 'report needs a capture file'
    case='over the capture' && run report "$world/capture.pcap" "$world/capture.pcap"
    expect 2 'would overwrite the capture'
    case='missing file' && run timeline "$world/none.pcap"
    expect 2 'there is no file'
    case='folder' && run timeline "$world"
    expect 2 'is a folder'
    case='wireshark alone' && run wireshark
    expect 2 'needs a capture file'
    case='no display' && run wireshark "$world/capture.pcap"
    expect 1 'no display'
    case='version missing' && run test --wireshark
    expect 2 '4.4'
    case='version unknown' && run test --wireshark 9.9
    expect 2 '9.9'
    for case in help --help 'timeline --help'; do
        read -ra words <<<"$case"
        run "${words[@]}"
        expect 0 ''
        [[ $out == *'./malflow timeline'* ]] || fail "$case: no help"
    done
}

test_no_sudo()
{
    become 1000
    fake apt-cache <<<'exit 0'
    fake apt-get <<<'exit 0'
    case='no sudo' && run timeline "$world/capture.pcap"
    expect 1 'apt-get install --no-install-recommends cmake gcc'
    ! called apt-get || fail "$case: calls apt-get"
    fake sudo <<<'echo "sudo: a terminal is required" >&2; exit 1'
    case='no password' && run timeline "$world/capture.pcap"
    expect 1 'sudo: a terminal is required'
    expect 1 'administrator run:  apt-get'
    [[ $err != *fetching* ]] || fail "$case: asks twice"
}

# Fakes of all that a set-up calls, as if the packages came with the second apt-get.
fake_tools()
{
    fake sudo <<<'exec "$@"'
    fake apt-get <<<'
case "$*" in
*update) touch "$world/lists" ;;
*) [ -f "$world/lists" ] || { echo "E: Unable to locate package" >&2; exit 100; }
   [[ $* != *qtbase5-dev* ]] || [ ! -f "$world/refuse" ] || { echo "E: refused" >&2; exit 100; }
   [[ $* != *qtbase5-dev* ]] || touch "$world/qt"
   for tool in gcc cmake ninja pkg-config tshark python3; do
       cp "$world/tools/$tool" "$world/bin/$tool"
   done ;;
esac'
    fake gcc <<<''
    fake ninja <<<''
    fake pkg-config <<<'
case "$*" in
--modversion*) echo 4.0.17 ;;
*Qt*) [ -f "$world/qt" ] ;;
esac'
    fake python3 <<<'echo capture >"$2"'
    fake cmake <<<'
for word; do
    case $word in
    -DMALFLOW_PLUGIN_DIR=*) echo "${word#*=}" >"$world/dest" ;;
    --install) mkdir -p "$(<"$world/dest")/epan" && touch "$(<"$world/dest")/epan/malflow.so"
        rm -rf "$(<"$world/dest")/epan/malflow"
        [ ! -f "$world/qt" ] || { mkdir "$(<"$world/dest")/epan/malflow" && touch "$(<"$world/dest")/epan/malflow/malflow-qt.so"; } ;;
    esac
done'
    fake tshark <<<'
case "$*" in
*--version) echo "TShark (Wireshark) 4.0.17." ;;
"-G folders") printf "Personal configuration:\t%s\nGlobal configuration:\t%s\n" "$HOME/.config/wireshark" "$world/share"
    printf "Personal Plugins:\t%s\nGlobal Plugins:\t%s\n" "$HOME/.local/lib/wireshark/plugins/4.0" "$world/global/4.0" ;;
*"malflow,html,"*x:y) echo "story of $*" ;;
*) echo "story of $*" && echo "Running as user \"root\" and group \"root\"." >&2 && exit "${#}" ;;
esac'
    mkdir "$world/tools"
    mv "$world"/bin/{gcc,cmake,ninja,pkg-config,tshark,python3} "$world/tools"
}

# The quickest of three, in milliseconds: other tests run at the same time.
quickest_run()
{
    local before spent best=100000
    for _ in 1 2 3; do
        before=$(date +%s%N)
        run "$@"
        spent=$((($(date +%s%N) - before) / 1000000))
        [ "$spent" -gt "$best" ] || best=$spent
    done
    milliseconds=$best
}

test_second_run()
{
    run timeline "$world/capture.pcap" packets=all -o x:y
    [ "$out" = "story of -q -r $world/capture.pcap -z malflow,timeline,packets=all -o x:y" ] ||
        fail "$case: standard output is '$out'"
    run json "$world/capture.pcap" packets=all -o x:y
    [ "$out" = "story of -q -r $world/capture.pcap -z malflow,json,-,packets=all -o x:y" ] ||
        fail "$case: JSON: '$out'"
    run report "$world/capture.pcap" "$world/r,1.html" utc -o x:y
    expect 0 "wrote $world/r,1.html"
    [ "$(<"$world/r,1.html")" = "story of -q -r $world/capture.pcap -z malflow,html,-,title=capture.pcap,utc -o x:y" ] ||
        fail "report prints $(<"$world/r,1.html")"
    run report "$world/capture.pcap" "$world/r,1.html" utc -o x:z
    expect 1 'there is no report'
    [ ! -e "$world/r,1.html" ] || fail "a report that failed is left behind"
    quickest_run timeline -
    [ "$milliseconds" -lt 500 ] || fail "$case: the second run takes $milliseconds ms"
    [ "$out" = 'story of -q -r - -z malflow,timeline' ] || fail "$case: second run: '$out'"
    ! grep -qv -e '^tshark -q' -e '^id ' "$world/calls" || fail "$case: second run calls $(<"$world/calls")"
}

test_user()
{
    become 1000
    fake_tools
    case='first run' && run timeline "$world/capture.pcap"
    expect 5 "installed $world/home/.local/lib/wireshark/plugins/4.0/epan/malflow.so"
    called 'sudo env' || fail "$case: no sudo"
    ! grep -q -e qt -e g++ "$world/calls" || fail "$case: gets Qt"
    case='user' && test_second_run
    sleep 0.01
    touch "$world/checkout/plugin/new.c"
    case='changed source' && run timeline "$world/capture.pcap"
    expect 5 'installed'
    case='demonstration' && run timeline
    expect 5 'demonstration'
    [ "$(<"$world/home/.cache/malflow/figure1.pcap")" = capture ] || fail "$case: no capture"
}

test_root()
{
    become 0
    case='root' && run timeline "$world/capture.pcap"
    expect 5 "installed $world/global/4.0/epan/malflow.so"
    [[ $err != *Running* ]] || fail "$case: the remark on root is printed"
    test_second_run
    become 1000
    case='plugin for all' && run timeline "$world/capture.pcap"
    expect 5 'removing the other one'
    [ ! -e "$world/home/.local/lib/wireshark/plugins/4.0/epan/malflow.so" ] || fail "$case: it is still there"
    test_second_run
    become 0
    rm "$world/global/4.0/epan/malflow.so"
    case='plugin was removed' && run timeline "$world/capture.pcap"
    expect 5 'installed'
}

# Who has Wireshark itself gets the window, if that can be had, and is not asked again if not.
test_window()
{
    local object=$world/home/.local/lib/wireshark/plugins/4.0/epan/malflow/malflow-qt.so display=:0
    become 1000
    rm -rf "$world"/{global,home/.local}
    fake wireshark <<<'exit 7'
    fake ldd <<<'echo "libQt5Core.so.5 => /lib/libQt5Core.so.5"'
    touch "$world/refuse"
    case='window refused' && run wireshark "$world/capture.pcap"
    expect 7 'going on without the timeline window'
    grep -q 'install .*qtbase5-dev' "$world/calls" || fail "$case: does not ask for Qt"
    case='window refused before' && run wireshark "$world/capture.pcap"
    expect 7 ''
    ! called cmake || fail "$case: builds again"
    rm "$world/refuse"
    touch "$world/qt"
    case='Qt was installed' && run wireshark "$world/capture.pcap"
    expect 7 'installed'
    [ -e "$object" ] || fail "$case: no window"
    case='window' && run wireshark "$world/capture.pcap"
    expect 7 ''
    ! called cmake || fail "$case: builds again"
    rm "$world/qt" "$object"
    case='window was removed' && run install
    expect 0 'qtbase5-dev'
    [ -e "$object" ] || fail "$case: no window"
    rm "$world/bin/wireshark"
}

# The user's own changes stay; what is as it was installed is renewed.
test_profile()
{
    local folder=$world/home/.config/wireshark/profiles/malflow ours=$world/checkout/plugin/profile
    become 1000
    echo '@Theirs@tcp@[0,0,0][1,1,1]' >"$world/share/colorfilters"
    case='profile' && run profile
    expect 0 "$folder"
    for name in preferences dfilter_buttons recent; do
        [ "$(<"$folder/$name")" = "$(<"$ours/$name")" ] || fail "$case: $name"
    done
    [ "$(<"$folder/colorfilters")" = "$(cat "$ours/colorfilters" "$world/share/colorfilters")" ] ||
        fail "$case: colours"
    echo '# mine' >>"$folder/preferences"
    echo '# by Wireshark' >>"$folder/recent"
    echo '# new' >>"$ours/dfilter_buttons"
    echo '# new' >>"$ours/preferences"
    case='profile again' && run profile
    expect 0 'kept what was changed there: preferences ('
    [[ $(<"$folder/preferences") == *mine ]] || fail "$case: overwrites changes"
    [[ $(<"$folder/recent") == *Wireshark ]] || fail "$case: overwrites widths"
    [[ $(<"$folder/dfilter_buttons") == *new ]] || fail "$case: does not renew"
    rm "$folder/preferences"
    case='profile, deleted file' && run profile
    [[ $(<"$folder/preferences") == *new ]] || fail "$case: does not renew"
    [[ $err != *kept* ]] || fail "$case: says $err"
}

test_failures()
{
    fake cmake <<<'echo "the compiler is unhappy" && exit 1'
    case='build fails' && run install
    expect 1 'the compiler is unhappy'
    fake pkg-config <<<'case $1 in --modversion) echo 4.4.1 ;; esac'
    case='other version' && run install
    expect 1 '4.4'
    rm "$world/bin/apt-get" "$world/bin/ninja"
    case='no apt-get' && run install
    expect 1 'ninja-build'
}

test_usage
test_no_sudo
test_user
test_root
test_window
test_profile
test_failures
exit $((failures > 0))
