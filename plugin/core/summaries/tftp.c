/* SPDX-License-Identifier: GPL-2.0-or-later */
/* TFTP: which file, which way. The transfer itself runs on another port (RFC 1350, 4). */
#include "list.h"
#include "table.h"

enum { READ = 1, WRITE = 2 };

struct tftp {
    const char *file;
    uint32_t more;
    uint8_t opcode;
};

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct tftp *tftp = state;
    const char *file = mf_summary_text(context, mf_message_find(message, MF_BUF_TFTP_FILE));
    const uint64_t opcode = mf_message_number(message, MF_BUF_TFTP_OPCODE, 0);

    if (file == NULL || (opcode != READ && opcode != WRITE))
        return;
    tftp->more += tftp->file != NULL && file != tftp->file;
    if (tftp->file == NULL) {
        tftp->file = file;
        tftp->opcode = (uint8_t)opcode;
    }
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct tftp *tftp = state;

    (void)session;
    if (tftp->file == NULL)
        return;
    g_string_append_printf(out, "%s %s", tftp->opcode == READ ? "read" : "write", tftp->file);
    mf_append_more(out, tftp->more, "file");
}

static bool
object(const void *state, enum mf_direction direction, struct mf_object *out)
{
    const struct tftp *tftp = state;

    (void)direction;
    if (tftp->file == NULL)
        return false;
    *out = (struct mf_object){.name = mf_base_name(tftp->file)};
    return true;
}

static bool
starts(const struct mf_message *message)
{
    return mf_message_find(message, MF_BUF_TFTP_FILE) != NULL;
}

const struct mf_summary_protocol mf_summary_row_tftp = {
    .name = "TFTP",
    .size = sizeof(struct tftp),
    .starts = starts,
    .update = update,
    .format = format,
    .object = object,
};
