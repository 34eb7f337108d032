/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What rules read of an HTTP message and Wireshark does not give as it is.
 * https://docs.suricata.io/en/latest/rules/http-keywords.html */
#include "slots.h"

static const struct mf_sticky rows[] = {
    {.name = "http.method",
     .modifier = "http_method",
     .kind = MF_STICKY_BUFFER,
     .id = MF_BUF_HTTP_METHOD},
};

const struct mf_sticky_family mf_sticky_http = {rows, G_N_ELEMENTS(rows)};
