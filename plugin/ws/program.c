/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "program.h"

#include "compat.h"

#include <string.h>
#include <wsutil/report_message.h>

bool
mf_program_is_tshark(void)
{
    static int is_tshark = -1;

    if (is_tshark < 0)
        is_tshark = strcmp(get_friendly_program_name(), "TShark") == 0;
    return is_tshark != 0;
}
