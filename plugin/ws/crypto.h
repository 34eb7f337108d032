/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Certificates and digests by GnuTLS, which Wireshark itself is built on. */
#ifndef MALFLOW_WS_CRYPTO_H
#define MALFLOW_WS_CRYPTO_H

#include "compat.h"

struct mf_certificate_names {
    const char *subject; /* RFC 4514, as "CN=example.org,O=Example"; NULL: none */
    const char *issuer;
};

/* Reads the DER bytes. Strings live in SCOPE. False when they are no certificate. */
bool
mf_certificate_names(wmem_allocator_t *scope, const uint8_t *der, size_t length,
                     struct mf_certificate_names *names);

/* SHA-256 into 32 bytes. */
void
mf_sha256(const uint8_t *data, size_t length, uint8_t digest[32]);

#endif
