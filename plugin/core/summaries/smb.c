/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMB 1 and 2: the share and the files opened on it, with their size where the server told it:
 * "\\host\share file.exe (804352 byte)". Names and sizes in a folder's listing are not of opened
 * files: a size is taken from the answer to the message that named the file. */
#include "list.h"
#include "table.h"

#include <string.h>

/* Files that are told by name. */
#define TOLD 4

struct file {
    const char *name;
    uint64_t size;    /* 0: unknown */
    uint64_t message; /* number of the newest message that named it */
};

struct smb {
    const char *share;
    struct file *files;
    uint32_t n, lost;
    uint32_t newest; /* index + 1 of the file spoken of last; 0: none */
};

static bool
is_pipe_share(const char *share)
{
    size_t n = strlen(share);

    return n >= 4 && g_ascii_strcasecmp(share + n - 4, "IPC$") == 0;
}

static void
take_share(struct smb *smb, const char *share)
{
    if (share[0] != '\0' && (smb->share == NULL || is_pipe_share(smb->share)))
        smb->share = share;
}

/* "", "." and "*" stand for the folder itself. */
static bool
is_file_name(const char *name)
{
    return strspn(name, ".*\\") < strlen(name);
}

static void
take_file(struct smb *smb, const struct mf_summary_context *context, const char *name,
          uint64_t message)
{
    if (!is_file_name(name))
        return;
    for (uint32_t i = 0; i < smb->n; i++)
        if (smb->files[i].name == name) {
            smb->newest = i + 1;
            smb->files[i].message = message;
            return;
        }
    if (smb->n == MF_SUMMARY_ITEMS) {
        smb->newest = 0;
        smb->lost++;
        context->counters->summary_items_lost++;
        return;
    }
    if ((smb->n & (smb->n - 1)) == 0)
        smb->files = g_renew(struct file, smb->files, MAX(smb->n * 2, 1));
    smb->files[smb->n++] = (struct file){name, 0, message};
    smb->newest = smb->n;
}

static void
take_size(struct smb *smb, uint64_t message, uint64_t size)
{
    if (size == 0)
        return;
    for (uint32_t i = smb->n; i > 0; i--)
        if (smb->files[i - 1].message == message) {
            smb->files[i - 1].size = size;
            return;
        }
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct smb *smb = state;
    uint64_t number = 0;

    for (unsigned i = 0; i < message->n_buffers; i++) {
        const struct mf_buffer *buffer = &message->buffers[i];

        if (buffer->id == MF_BUF_SMB_MESSAGE)
            number = buffer->number;
        else if (buffer->id == MF_BUF_SMB_TREE)
            take_share(smb, mf_summary_text(context, buffer));
        else if (buffer->id == MF_BUF_SMB_FILE && message->direction == MF_ORIG)
            take_file(smb, context, mf_summary_text(context, buffer), number);
        else if (buffer->id == MF_BUF_SMB_FILE_SIZE && message->direction == MF_RESP)
            take_size(smb, number, buffer->number);
    }
}

static void
append_file(GString *out, const struct file *file)
{
    g_string_append(out, file->name);
    if (file->size > 0)
        g_string_append_printf(out, " (%" G_GUINT64_FORMAT " byte)", file->size);
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct smb *smb = state;
    uint32_t told = MIN(smb->n, TOLD);
    size_t files;

    (void)session;
    if (smb->share != NULL)
        g_string_append(out, smb->share);
    if (smb->share != NULL && told > 0)
        g_string_append_c(out, ' ');
    files = out->len;
    for (uint32_t i = 0; i < told; i++) {
        mf_append_separator(out, files);
        append_file(out, &smb->files[i]);
    }
    mf_append_more(out, (uint64_t)smb->n - told + smb->lost, "file");
}

static bool
object(const void *state, enum mf_direction direction, struct mf_object *out)
{
    const struct smb *smb = state;
    const struct file *file;

    (void)direction;
    if (smb->newest == 0)
        return false;
    file = &smb->files[smb->newest - 1];
    *out = (struct mf_object){.name = mf_base_name(file->name), .size = file->size};
    return true;
}

static void
clear(void *state)
{
    g_free(((struct smb *)state)->files);
}

static size_t
owned(const void *state)
{
    return ((const struct smb *)state)->n * sizeof(struct file);
}

static bool
starts(const struct mf_message *message)
{
    return mf_message_find(message, MF_BUF_SMB_TREE) != NULL ||
           mf_message_find(message, MF_BUF_SMB_FILE) != NULL;
}

const struct mf_summary_protocol mf_summary_row_smb = {
    .name = "SMB",
    .with_counts = true,
    .size = sizeof(struct smb),
    .starts = starts,
    .update = update,
    .format = format,
    .clear = clear,
    .owned = owned,
    .object = object,
};

const struct mf_summary_protocol mf_summary_row_smb2 = {
    .name = "SMB2",
    .with_counts = true,
    .size = sizeof(struct smb),
    .starts = starts,
    .update = update,
    .format = format,
    .clear = clear,
    .owned = owned,
    .object = object,
};
