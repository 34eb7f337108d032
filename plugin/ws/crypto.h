/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Digests by GnuTLS, which Wireshark itself is built on, and the names of what certificates say. */
#ifndef MALFLOW_WS_CRYPTO_H
#define MALFLOW_WS_CRYPTO_H

#include "compat.h"

/* SHA-1 into 20 bytes. */
void
mf_sha1(const uint8_t *data, size_t length, uint8_t digest[20]);

/* SHA-256 into 32 bytes. */
void
mf_sha256(const uint8_t *data, size_t length, uint8_t digest[32]);

/* The name of a part of a distinguished name ("CN" for "2.5.4.3"), or NULL. Static. */
const char *
mf_crypto_name_of_oid(const char *oid);

#endif
