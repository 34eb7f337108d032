/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * IRC: nicks taken and channels joined. Read from the payload's lines, not from Wireshark's fields:
 * command servers stray from the standard and from its ports. Lines that packets cut are missed;
 * a bot repeats them often enough.
 */
#include "../span.h"
#include "list.h"
#include "table.h"

struct irc {
    struct mf_text_list nicks, channels;
};

static void
add_word(struct mf_text_list *list, const struct mf_summary_context *context, struct mf_span word)
{
    if (word.length > 0 && word.data[0] == ':')
        word = mf_span_skip(word, 1);
    if (word.length > 0)
        mf_text_list_add(list, context, mf_summary_intern(context, word.data, word.length));
}

/* "#a,#b". */
static void
add_channels(struct irc *irc, const struct mf_summary_context *context, struct mf_span word)
{
    while (word.length > 0) {
        size_t n = mf_span_index(word, ',');

        add_word(&irc->channels, context, (struct mf_span){word.data, n});
        word = mf_span_skip(word, n + 1);
    }
}

/* ":server NNN nick #channel :topic": 001 is the welcome, 332 a channel's topic. */
static void
take_server_line(struct irc *irc, const struct mf_summary_context *context, struct mf_span line)
{
    struct mf_span prefix, command, nick, channel;

    if (!mf_span_take_word(&line, &prefix) || !mf_span_take_word(&line, &command) ||
        !mf_span_take_word(&line, &nick))
        return;
    if (mf_span_equals(command, "001"))
        add_word(&irc->nicks, context, nick);
    else if (mf_span_equals(command, "332") && mf_span_take_word(&line, &channel))
        add_word(&irc->channels, context, channel);
}

static void
take_client_line(struct irc *irc, const struct mf_summary_context *context, struct mf_span line)
{
    struct mf_span command, word;

    if (!mf_span_take_word(&line, &command) || !mf_span_take_word(&line, &word))
        return;
    if (mf_span_equals(command, "NICK"))
        add_word(&irc->nicks, context, word);
    else if (mf_span_equals(command, "JOIN") && !mf_span_equals(word, "0"))
        add_channels(irc, context, word);
}

static void
update(void *state, const struct mf_summary_context *context, const struct mf_message *message)
{
    struct mf_span rest = {message->packet->payload, message->packet->payload_captured}, line;

    while (mf_span_take_line(&rest, &line))
        if (line.data[0] == ':')
            take_server_line(state, context, line);
        else if (message->direction == MF_ORIG)
            take_client_line(state, context, line);
}

static void
format(const void *state, const struct mf_session *session, GString *out)
{
    const struct irc *irc = state;
    size_t start = out->len;

    (void)session;
    if (irc->nicks.n > 0) {
        g_string_append(out, irc->nicks.n > 1 ? "nicks " : "nick ");
        mf_text_list_append(&irc->nicks, 4, out);
    }
    if (irc->channels.n > 0) {
        mf_append_separator(out, start);
        mf_text_list_append(&irc->channels, 8, out);
    }
}

static void
clear(void *state)
{
    struct irc *irc = state;

    mf_text_list_clear(&irc->nicks);
    mf_text_list_clear(&irc->channels);
}

static size_t
owned(const void *state)
{
    const struct irc *irc = state;

    return mf_text_list_size(&irc->nicks) + mf_text_list_size(&irc->channels);
}

const struct mf_summary_protocol mf_summary_row_irc = {
    .name = "IRC",
    .app = "IRC",
    .with_counts = true,
    .size = sizeof(struct irc),
    .update = update,
    .format = format,
    .clear = clear,
    .owned = owned,
};
