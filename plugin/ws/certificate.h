/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names in an X.509 certificate, read by GnuTLS, which Wireshark itself is built on. */
#ifndef MALFLOW_WS_CERTIFICATE_H
#define MALFLOW_WS_CERTIFICATE_H

#include "compat.h"

struct mf_certificate_names {
    const char *subject; /* RFC 4514, as "CN=example.org,O=Example"; NULL: none */
    const char *issuer;
};

/* Reads the DER bytes. Strings live in SCOPE. False when they are no certificate. */
bool
mf_certificate_names(wmem_allocator_t *scope, const uint8_t *der, size_t length,
                     struct mf_certificate_names *names);

#endif
