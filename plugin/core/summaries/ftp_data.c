/* SPDX-License-Identifier: GPL-2.0-or-later */
/* FTP data connections: the name of the file, as the control connection told it. The summary of
 * that one says the rest. */
#include "list.h"
#include "table.h"

struct ftp_data {
    const char *file;
};

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct ftp_data *data = state;

    if (data->file == NULL)
        data->file = mf_summary_text(context, mf_message_find(message, MF_BUF_FILE_NAME));
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    (void)state;
    (void)session;
    (void)out;
}

static bool
object(const void *state, enum mf_direction direction, struct mf_object *out)
{
    const struct ftp_data *data = state;

    (void)direction;
    if (data->file == NULL)
        return false;
    *out = (struct mf_object){.name = mf_base_name(data->file)};
    return true;
}

static bool
starts(const struct mf_message *message)
{
    return mf_message_find(message, MF_BUF_FILE_NAME) != NULL;
}

const struct mf_summary_protocol mf_summary_row_ftp_data = {
    .name = "FTP-DATA",
    .size = sizeof(struct ftp_data),
    .starts = starts,
    .update = update,
    .format = format,
    .object = object,
};
