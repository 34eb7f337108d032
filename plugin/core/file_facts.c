/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hashes are taken only of files that a signature told of: hashing every body costs more than all
 * rules together. */
#define _GNU_SOURCE /* memmem() */
#include "file_facts.h"

#include <string.h>

bool
mf_file_claims_other(const struct mf_object *object)
{
    static const char *const innocent[] = {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".ico",
                                           ".txt", ".html", ".htm", ".css", ".js",  ".pdf",
                                           ".xml", ".doc",  ".mp3", ".zip", ".woff"};
    const char *dot = object->name != NULL ? strrchr(object->name, '.') : NULL;
    const char *type = object->content_type != NULL ? object->content_type : "";

    for (unsigned i = 0; dot != NULL && i < G_N_ELEMENTS(innocent); i++)
        if (g_ascii_strcasecmp(dot, innocent[i]) == 0)
            return true;
    return g_ascii_strncasecmp(type, "image/", 6) == 0 ||
           g_ascii_strncasecmp(type, "text/", 5) == 0 ||
           g_ascii_strncasecmp(type, "audio/", 6) == 0 ||
           g_ascii_strncasecmp(type, "video/", 6) == 0;
}

bool
mf_file_stands_in(const struct mf_file *file, const uint8_t *body, size_t length)
{
    return length > 0 && memmem(body, length, file->begin, file->n_begin) != NULL;
}

static void
take_checksum(GChecksumType type, const struct mf_buffer *body, char *out, size_t size)
{
    char *sum = g_compute_checksum_for_data(type, body->data, body->length);

    g_strlcpy(out, sum, size);
    g_free(sum);
}

void
mf_file_take_whole(struct mf_file *file, const struct mf_settings *settings,
                   const struct mf_buffer *body)
{
    uint8_t digest[32];

    file->object.size = body->length;
    if (settings->md5)
        take_checksum(G_CHECKSUM_MD5, body, file->md5, sizeof file->md5);
    if (settings->sha256 == NULL) {
        take_checksum(G_CHECKSUM_SHA256, body, file->sha256, sizeof file->sha256);
        return;
    }
    settings->sha256(body->data, body->length, digest);
    for (unsigned i = 0; i < sizeof digest; i++)
        g_snprintf(file->sha256 + 2 * i, 3, "%02x", digest[i]);
}
