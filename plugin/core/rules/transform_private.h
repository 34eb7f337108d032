/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The insides of a transform, for those who run them. Private to rules/transform*.c. */
#ifndef MALFLOW_CORE_RULES_TRANSFORM_PRIVATE_H
#define MALFLOW_CORE_RULES_TRANSFORM_PRIVATE_H

#include "transform.h"

/* Appends what becomes of DATA (never empty) to OUT. False: nothing. */
typedef bool (*mf_transform_runner)(const struct mf_transform *transform, const uint8_t *data,
                                    size_t length, GByteArray *out);

/* A row of the table of transforms. */
struct mf_transform_kind {
    const char *name;
    /* Reads VALUE; false, and *WHY, when it is wrong. NULL: there is no value. */
    bool (*parse)(struct mf_transform *transform, const char *value, char **why);
    mf_transform_runner run;
    void (*clear)(struct mf_transform *transform); /* or NULL */
    int parameter;                                 /* what else RUN must know */
    bool whole;                                    /* wants all bytes, not MF_TRANSFORM_MAX */
};

enum mf_base64_mode { MF_BASE64_RFC4648, MF_BASE64_RFC2045, MF_BASE64_STRICT };

struct mf_pcrexform;

struct mf_transform {
    const struct mf_transform_kind *kind;
    union {
        struct {
            GByteArray *key; /* NULL: stands in the data */
            size_t from;
            uint16_t key_offset;
            uint8_t key_length;
        } xor ;
        struct {
            uint16_t bytes, offset; /* 0 bytes: all */
            enum mf_base64_mode mode;
        } base64;
        struct {
            int64_t offset, bytes; /* 0 bytes: to the end */
            bool truncate;
        } slice;
        struct mf_pcrexform *pcre;
        uint32_t max_size;
    } as;
};

/* Appends DATA as it is: what Suricata leaves when a transform fails. */
bool
mf_transform_keep(const uint8_t *data, size_t length, GByteArray *out);

/* transform_text.c */
bool
mf_dotprefix_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                 GByteArray *out);
bool
mf_strip_whitespace_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                        GByteArray *out);
bool
mf_compress_whitespace_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                           GByteArray *out);
bool
mf_to_lowercase_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                    GByteArray *out);
bool
mf_to_uppercase_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                    GByteArray *out);
bool
mf_header_lowercase_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                        GByteArray *out);
bool
mf_strip_pseudo_headers_run(const struct mf_transform *transform, const uint8_t *data,
                            size_t length, GByteArray *out);

/* transform_cut.c */
bool
mf_subslice_parse(struct mf_transform *transform, const char *value, char **why);
bool
mf_subslice_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                GByteArray *out);
bool
mf_pcrexform_parse(struct mf_transform *transform, const char *value, char **why);
bool
mf_pcrexform_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                 GByteArray *out);
void
mf_pcrexform_clear(struct mf_transform *transform);

/* transform_codec.c */
bool
mf_url_decode_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                  GByteArray *out);
bool
mf_xor_parse(struct mf_transform *transform, const char *value, char **why);
bool
mf_xor_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
           GByteArray *out);
void
mf_xor_clear(struct mf_transform *transform);
bool
mf_hash_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
            GByteArray *out);
bool
mf_inflate_parse(struct mf_transform *transform, const char *value, char **why);
bool
mf_inflate_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
               GByteArray *out);

/* transform_base64.c */
bool
mf_from_base64_parse(struct mf_transform *transform, const char *value, char **why);
bool
mf_from_base64_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                   GByteArray *out);

/* transform_domain.c */
bool
mf_domain_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
              GByteArray *out);
bool
mf_tld_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
           GByteArray *out);

#endif
