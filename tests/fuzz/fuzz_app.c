/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recognition of protocols: any bytes, in memory of exactly their size. */
#include "core/app.h"

#include <glib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int l4 = 0; l4 < MF_L4_COUNT; l4++)
        mf_app_recognise((enum mf_l4)l4, data, size);
    return 0;
}
