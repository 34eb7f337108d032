/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Other names of buffers: those of older rules, as sticky buffers and as modifiers of a content. */
#include "slots.h"

#define ALIAS(alias, old, buffer)                                                                  \
    {                                                                                              \
        .name = (alias), .modifier = (old), .kind = MF_STICKY_BUFFER, .id = MF_BUF_##buffer,       \
        .multi = true                                                                              \
    }

static const struct mf_sticky rows[] = {
    ALIAS("file_data", NULL, FILE_DATA),
    ALIAS("dns_query", NULL, DNS_QUERY),
    ALIAS("tls_sni", NULL, TLS_SNI),
    ALIAS("tls_cert_subject", NULL, TLS_CERT_SUBJECT),
    ALIAS("tls_cert_issuer", NULL, TLS_CERT_ISSUER),
    ALIAS("ja3_hash", NULL, JA3_HASH),
};

const struct mf_sticky_family mf_sticky_names = {rows, G_N_ELEMENTS(rows)};
