/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mail: every part that is told can be read, and no more than MF_MIME_PARTS are. */
#include "core/mime.h"

#include <glib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct told {
    unsigned n;
    uint8_t sum;
};

static void
sum(struct told *told, struct mf_span span)
{
    for (size_t i = 0; i < span.length; i++)
        told->sum ^= span.data[i];
}

static void
tell(void *user, const struct mf_mime_part *part)
{
    struct told *told = user;

    told->n++;
    sum(told, part->type);
    sum(told, part->name);
    sum(told, part->data);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct told told = {0};

    mf_mime_parse((struct mf_span){data, size}, tell, &told);
    g_assert_cmpuint(told.n, <=, MF_MIME_PARTS);
    return 0;
}
