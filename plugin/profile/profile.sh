# SPDX-License-Identifier: GPL-2.0-or-later
# `./malflow profile`, read by ./malflow alone.
# shellcheck shell=bash disable=SC2154 # here: of ./malflow

# The profile that Wireshark reads for this user. Files that are still as they were installed are
# renewed; those that the user changed are kept, and named.
profile()
{
    local folders dest stage name sum kept=()
    set_up
    folders=$(tshark -G folders 2>/dev/null </dev/null)
    dest=$(sed -n 's/^Personal configuration:[[:space:]]*//p' <<<"$folders")/profiles/malflow
    stage=$(mktemp -d)
    cp "$here/plugin/profile/"{colorfilters,dfilter_buttons,preferences,recent} "$stage"
    # There is one list of colours, and Wireshark's own are no part of a profile's.
    cat "$(sed -n 's/^Global configuration:[[:space:]]*//p' <<<"$folders")/colorfilters" \
        >>"$stage/colorfilters" 2>/dev/null || true
    mkdir -p "$dest" || die "cannot write $dest"
    for name in colorfilters dfilter_buttons preferences recent; do
        sum=$(cksum <"$stage/$name")
        if [ ! -e "$dest/$name" ] || grep -qsxF "$name $(cksum <"$dest/$name")" "$dest/.malflow"; then
            cat "$stage/$name" >"$dest/$name"
        elif [ "$(cksum <"$dest/$name")" != "$sum" ] && [ "$name" != recent ]; then
            kept+=("$name")
        fi
        echo "$name $sum" >>"$stage/.malflow"
    done
    cat "$stage/.malflow" >"$dest/.malflow"
    rm -rf "$stage"
    say "the profile is in $dest; try: ./malflow wireshark capture.pcap -C malflow"
    [ ${#kept[@]} = 0 ] || say "kept what was changed there: ${kept[*]} (delete it to have malflow's own)"
}
