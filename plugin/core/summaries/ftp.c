/* SPDX-License-Identifier: GPL-2.0-or-later */
/* FTP control connections: who logged in and which files moved: "user bob, RETR evil.exe". */
#include "commands.h"
#include "list.h"

struct ftp {
    const char *user;
    struct mf_text_list acts; /* "RETR evil.exe" */
};

static void
add_act(struct ftp *ftp, const struct mf_summary_context *context, struct mf_span command,
        struct mf_span argument)
{
    GString *text = g_string_new(NULL);

    g_string_append_len(text, (const char *)command.data, (gssize)command.length);
    g_string_ascii_up(text);
    if (argument.length > 0) {
        g_string_append_c(text, ' ');
        g_string_append_len(text, (const char *)argument.data,
                            (gssize)MIN(argument.length, (size_t)MF_SUMMARY_TEXT));
    }
    mf_text_list_add(&ftp->acts, context,
                     mf_summary_intern(context, (const uint8_t *)text->str, text->len));
    g_string_free(text, TRUE);
}

static void
take(void *state, const struct mf_summary_context *context, struct mf_span command,
     struct mf_span argument)
{
    static const char *const acts[] = {"RETR", "STOR", "STOU", "APPE", "DELE", "MKD", "RNTO"};
    struct ftp *ftp = state;

    if (mf_span_equals(command, "USER") && ftp->user == NULL)
        ftp->user = mf_summary_intern(context, argument.data, argument.length);
    for (unsigned i = 0; i < G_N_ELEMENTS(acts); i++)
        if (mf_span_equals(command, acts[i]))
            add_act(ftp, context, command, argument);
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    static const struct mf_command_reader reader = {MF_BUF_FTP_COMMAND, MF_BUF_FTP_ARGUMENT, take};

    mf_commands_read(&reader, state, context, message);
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct ftp *ftp = state;
    size_t start = out->len;

    (void)session;
    if (ftp->user != NULL)
        g_string_append_printf(out, "user %s", ftp->user);
    if (ftp->acts.n > 0) {
        mf_append_separator(out, start);
        mf_text_list_append(&ftp->acts, 5, out);
    }
}

static void
clear(void *state)
{
    mf_text_list_clear(&((struct ftp *)state)->acts);
}

static size_t
owned(const void *state)
{
    return mf_text_list_size(&((const struct ftp *)state)->acts);
}

const struct mf_summary_protocol mf_summary_row_ftp = {
    .name = "FTP",
    .app = "FTP",
    .with_counts = true,
    .size = sizeof(struct ftp),
    .update = update,
    .format = format,
    .clear = clear,
    .owned = owned,
};
