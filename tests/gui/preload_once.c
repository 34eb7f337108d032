/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Preloaded into Wireshark behind a sanitizer's library: what Wireshark starts shall not have that
 * library, since Debian's dumpcap hangs with it when it ends.
 */
#define _GNU_SOURCE /* program_invocation_short_name */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

__attribute__((constructor)) static void
forget(void)
{
    if (strcmp(program_invocation_short_name, "wireshark") == 0)
        unsetenv("LD_PRELOAD");
}
