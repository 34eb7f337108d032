/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "http_fixture.h"

#include <glib.h>
#include <string.h>

static void
give(struct mf_given *given, enum mf_buffer_id id, const char *text, size_t length)
{
    g_assert_cmpuint(given->n, <, G_N_ELEMENTS(given->buffers));
    given->buffers[given->n++] =
        (struct mf_buffer){.id = id, .data = (const uint8_t *)text, .length = (uint32_t)length};
}

static void
give_start(struct mf_given *given, const char *text, size_t length)
{
    static const enum mf_buffer_id of_request[] = {MF_BUF_HTTP_METHOD, MF_BUF_HTTP_URI,
                                                   MF_BUF_HTTP_PROTOCOL};
    static const enum mf_buffer_id of_response[] = {MF_BUF_HTTP_PROTOCOL, MF_BUF_HTTP_STAT_CODE,
                                                    MF_BUF_HTTP_STAT_MSG};
    static const char answered[] = "http://h/d/./x.exe?q"; /* what every response here is for */
    bool response = g_str_has_prefix(text, "HTTP/");

    give(given, MF_BUF_HTTP_START_LINE, text, length);
    for (unsigned i = 0; i < 3; i++) {
        size_t word = i < 2 ? MIN(strcspn(text, " \r\n"), length) : length;

        give(given, response ? of_response[i] : of_request[i], text, word);
        text += MIN(word + 1, length);
        length -= MIN(word + 1, length);
    }
    if (!response)
        return;
    give(given, MF_BUF_HTTP_STATUS, NULL, 0);
    give(given, MF_BUF_HTTP_RESPONSE_FOR, answered, strlen(answered));
}

static void
give_pseudo_header(struct mf_given *given, const char *text, size_t length)
{
    static const struct {
        const char *name;
        enum mf_buffer_id id;
    } names[] = {{":method: ", MF_BUF_HTTP_METHOD},
                 {":path: ", MF_BUF_HTTP_URI},
                 {":status: ", MF_BUF_HTTP_STAT_CODE},
                 {":status: ", MF_BUF_HTTP_STATUS}};

    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_has_prefix(text, names[i].name))
            give(given, names[i].id, text + strlen(names[i].name), length - strlen(names[i].name));
}

void
mf_give_message(struct mf_given *given, const char *text)
{
    bool first = text[0] != ':';

    while (*text != '\0') {
        size_t line = strcspn(text, "\n"), length = line - (line > 0 && text[line - 1] == '\r');

        if (length == 0 && !first) {
            if (text[line + 1] != '\0')
                give(given, MF_BUF_FILE_DATA, text + line + 1, strlen(text + line + 1));
            return;
        }
        if (first)
            give_start(given, text, length);
        else
            give(given, MF_BUF_HTTP_HEADER_LINE, text, line + 1);
        give_pseudo_header(given, text, length);
        first = false;
        text += line + 1;
    }
}
