/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "buffers.h"

static const struct {
    const char *name;
    enum mf_buffer_kind kind;
} table[MF_BUFFER_COUNT] = {
#define MF_BUFFER_ROW(id, name, kind) [MF_BUF_##id] = {name, MF_KIND_##kind},
    MF_BUFFERS(MF_BUFFER_ROW)
#undef MF_BUFFER_ROW
};

const char *
mf_buffer_name(enum mf_buffer_id id)
{
    return table[id].name;
}

enum mf_buffer_kind
mf_buffer_kind(enum mf_buffer_id id)
{
    return table[id].kind;
}
