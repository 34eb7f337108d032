/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMTP: the first mail of a connection (sender, how many recipients, subject) and how many more. */
#include "commands.h"
#include "list.h"

struct smtp {
    const char *host, *from, *subject;
    uint32_t mails, recipients; /* recipients: of the first mail */
    uint32_t all_recipients;
};

/* "FROM:<a@b> SIZE=1" -> "<a@b>". */
static struct mf_span
address_of(struct mf_span argument)
{
    struct mf_span word;
    size_t colon = mf_span_index(argument, ':');

    if (colon < argument.length)
        argument = mf_span_skip(argument, colon + 1);
    return mf_span_take_word(&argument, &word) ? word : (struct mf_span){NULL, 0};
}

static void
take_mail(struct smtp *smtp, const struct mf_summary_context *context, struct mf_span argument)
{
    const struct mf_span address = address_of(argument);

    smtp->mails++;
    if (smtp->mails == 1 && address.length > 0)
        smtp->from = mf_summary_intern(context, address.data, address.length);
}

static void
take_recipient(struct smtp *smtp)
{
    smtp->recipients += smtp->mails <= 1;
    smtp->all_recipients++;
}

static void
take(void *state, const struct mf_summary_context *context, struct mf_span command,
     struct mf_span argument)
{
    struct smtp *smtp = state;

    if (mf_span_equals(command, "MAIL"))
        take_mail(smtp, context, argument);
    else if (mf_span_equals(command, "RCPT"))
        take_recipient(smtp);
    else if (mf_span_equals(command, "HELO") || mf_span_equals(command, "EHLO"))
        smtp->host = mf_summary_intern(context, argument.data, argument.length);
    else if (mf_span_equals(command, "Subject:") && smtp->subject == NULL)
        smtp->subject = mf_summary_intern(context, argument.data, argument.length);
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    static const struct mf_command_reader reader = {MF_BUF_SMTP_COMMAND, MF_BUF_SMTP_PARAMETER,
                                                    take};
    struct smtp *smtp = state;

    mf_commands_read(&reader, state, context, message);
    if (smtp->subject == NULL)
        smtp->subject = mf_summary_text(context, mf_message_find(message, MF_BUF_SMTP_SUBJECT));
    if (smtp->from == NULL)
        smtp->from = mf_summary_text(context, mf_message_find(message, MF_BUF_SMTP_FROM));
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct smtp *smtp = state;
    size_t start = out->len;

    (void)session;
    if (smtp->from != NULL)
        g_string_append_printf(out, "from %s", smtp->from);
    if (smtp->recipients > 0)
        g_string_append_printf(out, "%sto %u recipient%s", out->len > start ? " " : "",
                               smtp->recipients, smtp->recipients == 1 ? "" : "s");
    if (smtp->subject != NULL) {
        mf_append_separator(out, start);
        g_string_append_printf(out, "subject \"%s\"", smtp->subject);
    }
    if (smtp->mails > 1 && out->len > start)
        mf_append_more(out, smtp->mails - 1, "mail");
}

static void
names(const void *state, struct mf_summary_names *out)
{
    const struct smtp *smtp = state;

    out->host = smtp->host;
    out->mails = smtp->mails;
    out->recipients = smtp->all_recipients;
}

static void
details(const void *state, const struct mf_detail_taker *taker)
{
    const struct smtp *smtp = state;

    mf_detail_tell(taker, MF_DETAIL_MAIL_FROM, smtp->from, 0);
    mf_detail_tell(taker, MF_DETAIL_MAIL_SUBJECT, smtp->subject, 0);
}

const struct mf_summary_protocol mf_summary_row_smtp = {
    .name = "SMTP",
    .app = "SMTP",
    .with_counts = true,
    .size = sizeof(struct smtp),
    .update = update,
    .format = format,
    .names = names,
    .details = details,
};
