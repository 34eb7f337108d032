/* SPDX-License-Identifier: GPL-2.0-or-later */
/* POP3: whose mail, and how many messages were fetched. */
#include "commands.h"
#include "list.h"

struct pop3 {
    const char *user;
    uint32_t fetched, deleted;
};

static void
take(void *state, const struct mf_summary_context *context, struct mf_span command,
     struct mf_span argument)
{
    struct pop3 *pop3 = state;

    if (mf_span_equals(command, "USER") || mf_span_equals(command, "APOP")) {
        struct mf_span name;

        if (pop3->user == NULL && mf_span_take_word(&argument, &name))
            pop3->user = mf_summary_intern(context, name.data, name.length);
    } else if (mf_span_equals(command, "RETR")) {
        pop3->fetched++;
    } else if (mf_span_equals(command, "DELE")) {
        pop3->deleted++;
    }
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    static const struct mf_command_reader reader = {MF_BUF_POP_COMMAND, MF_BUF_POP_PARAMETER, take};

    mf_commands_read(&reader, state, context, message);
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct pop3 *pop3 = state;
    size_t start = out->len;

    (void)session;
    if (pop3->user != NULL)
        g_string_append_printf(out, "user %s", pop3->user);
    if (pop3->fetched > 0) {
        mf_append_separator(out, start);
        g_string_append_printf(out, "%u RETR", pop3->fetched);
    }
    if (pop3->deleted > 0) {
        mf_append_separator(out, start);
        g_string_append_printf(out, "%u DELE", pop3->deleted);
    }
}

const struct mf_summary_protocol mf_summary_row_pop3 = {
    .name = "POP3",
    .app = "POP3",
    .with_counts = true,
    .size = sizeof(struct pop3),
    .update = update,
    .format = format,
};
