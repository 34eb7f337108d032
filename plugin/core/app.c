/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark knows many protocols by their port only; malware puts them elsewhere. A few of them
 * begin in a way that nothing else does, and those are recognised here. A wrong name is worse than
 * none (it hides the right one), so each recogniser wants a whole, plausible first message; text
 * that is cut before its first line end stays nameless.
 */
#include "app.h"

#include "app_match.h"

#include <glib.h>

/* Enough for a Windows executable's headers; text recognisers need less. */
#define LOOK_AT 1024

/* Bits of a recogniser's carriers. */
#define TCP (1u << MF_L4_TCP)
#define UDP (1u << MF_L4_UDP)

static const struct recogniser {
    const char *name;
    unsigned carriers;
    bool (*matches)(struct mf_span data);
} recognisers[] = {
    {"HTTP2", TCP, mf_app_is_http2}, {"HTTP", TCP, mf_app_is_http}, {"IRC", TCP, mf_app_is_irc},
    {"FTP", TCP, mf_app_is_ftp},     {"SMTP", TCP, mf_app_is_smtp}, {"POP3", TCP, mf_app_is_pop3},
    {"SOCKS", TCP, mf_app_is_socks}, {"TFTP", UDP, mf_app_is_tftp}, {"SHELL", TCP, mf_app_is_shell},
    {"PE", TCP | UDP, mf_app_is_pe},
};

const char *
mf_app_recognise(enum mf_l4 l4, const uint8_t *data, size_t length)
{
    const struct mf_span span = {data, MIN(length, (size_t)LOOK_AT)};

    if (data == NULL)
        return NULL;
    for (unsigned i = 0; i < G_N_ELEMENTS(recognisers); i++)
        if ((recognisers[i].carriers >> l4 & 1) != 0 && recognisers[i].matches(span))
            return recognisers[i].name;
    return NULL;
}
