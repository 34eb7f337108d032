/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files and the links of a mail that Wireshark has put together. Names in the body of a mail
 * come without their scheme, as Suricata has them.
 */
#include "collect.h"
#include "core/mime.h"

#include <string.h>

enum { MAX_LINKS = 64 };

static void
add_copy(struct mf_collect *collect, enum mf_buffer_id id, struct mf_span bytes)
{
    mf_collect_bytes(collect, id,
                     bytes.length > 0 ? wmem_memdup(collect->pinfo->pool, bytes.data, bytes.length)
                                      : "",
                     bytes.length);
}

static bool
ends_link(uint8_t byte)
{
    return byte <= ' ' || byte >= 0x7f || strchr("\"'<>()[]{}\\^`|", byte) != NULL;
}

/* What follows "http://" and the like. */
static void
add_links(struct mf_collect *collect, struct mf_span text)
{
    static const char mark[] = "://";
    unsigned n_links = 0;

    while (text.length > sizeof mark && n_links < MAX_LINKS) {
        const uint8_t *colon = memchr(text.data, ':', text.length);
        size_t at = colon != NULL ? (size_t)(colon - text.data) : text.length, length = 0;
        bool has_scheme = at > 0 && g_ascii_isalpha(text.data[at - 1]);

        text = mf_span_skip(text, at);
        if (!has_scheme || !mf_span_starts(text, mark)) {
            text = mf_span_skip(text, 1);
            continue;
        }
        text = mf_span_skip(text, sizeof mark - 1);
        while (length < text.length && !ends_link(text.data[length]))
            length++;
        if (length > 0)
            add_copy(collect, MF_BUF_EMAIL_URL, (struct mf_span){text.data, length});
        text = mf_span_skip(text, length);
        n_links++;
    }
}

static void
add_part(void *user, const struct mf_mime_part *part)
{
    struct mf_collect *collect = user;

    if (part->name.length == 0) {
        if (mf_fieldmap_wants(MF_BUF_EMAIL_URL))
            add_links(collect, part->data);
        return;
    }
    add_copy(collect, MF_BUF_FILE_NAME, part->name);
    add_copy(collect, MF_BUF_FILE_DATA, part->data);
}

void
mf_form_mail(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    size_t length;
    const uint8_t *message = mf_item_bytes(item, &length);

    (void)feed;
    if (message != NULL)
        mf_mime_parse((struct mf_span){message, length}, add_part, collect);
}
