/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transforms that cut a piece out: by position, or by what an expression captures. An expression is
 * compiled with the rule and by PCRE2's just-in-time compiler; like those of pcre it has limits,
 * beyond which it counts as not matching.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "transform_private.h"

#include <pcre2.h>

/* --- subslice: OFFSET[, BYTES][, truncate] --- */

/* What WORDS say, in that order. */
static bool
read_slice(struct mf_transform *transform, char **words)
{
    unsigned n = g_strv_length(words);

    for (unsigned i = 0; i < n; i++)
        g_strstrip(words[i]);
    if (n > 1 && g_ascii_strcasecmp(words[n - 1], "truncate") == 0) {
        transform->as.slice.truncate = true;
        n--;
    }
    if (n < 1 || n > 2)
        return false;
    if (n == 2 && (!g_ascii_string_to_signed(words[1], 10, INT32_MIN, INT32_MAX,
                                             &transform->as.slice.bytes, NULL) ||
                   transform->as.slice.bytes == 0))
        return false;
    return g_ascii_string_to_signed(words[0], 10, INT32_MIN, INT32_MAX, &transform->as.slice.offset,
                                    NULL);
}

bool
mf_subslice_parse(struct mf_transform *transform, const char *value, char **why)
{
    char **words = g_strsplit(value, ",", -1);
    bool good = read_slice(transform, words);

    g_strfreev(words);
    if (!good)
        *why = g_strdup("expected offset[, bytes][, truncate], bytes not being 0");
    return good;
}

/* Negative counts from the end. Beyond the ends nothing is left, unless truncation is asked for. */
bool
mf_subslice_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                GByteArray *out)
{
    int64_t all = (int64_t)length, offset = transform->as.slice.offset;
    int64_t bytes = transform->as.slice.bytes;
    int64_t start = offset < 0 ? all + offset : offset;
    int64_t end = bytes == 0 ? all : bytes < 0 ? all + bytes : CLAMP(start, 0, all) + bytes;

    if (!transform->as.slice.truncate && (start < 0 || start > all || end < 0 || end > all))
        return true;
    start = CLAMP(start, 0, all);
    end = CLAMP(end, 0, all);
    return mf_transform_keep(data + MIN(start, end), (size_t)ABS(end - start), out);
}

/* --- pcrexform: "expression with one group" --- */

enum { MATCH_LIMIT = 10000, DEPTH_LIMIT = 1500 };

struct mf_pcrexform {
    pcre2_code *code;
    pcre2_match_context *context;
};

void
mf_pcrexform_clear(struct mf_transform *transform)
{
    struct mf_pcrexform *pcre = transform->as.pcre;

    if (pcre == NULL)
        return;
    pcre2_match_context_free(pcre->context);
    pcre2_code_free(pcre->code);
    g_free(pcre);
}

bool
mf_pcrexform_parse(struct mf_transform *transform, const char *value, char **why)
{
    struct mf_pcrexform *pcre = transform->as.pcre = g_new0(struct mf_pcrexform, 1);
    PCRE2_UCHAR message[128];
    PCRE2_SIZE at;
    uint32_t groups;
    int error;

    pcre->code =
        pcre2_compile((PCRE2_SPTR)value, PCRE2_ZERO_TERMINATED, PCRE2_NEVER_UTF, &error, &at, NULL);
    if (pcre->code == NULL) {
        pcre2_get_error_message(error, message, sizeof message);
        *why = g_strdup_printf("%s, at byte %zu of the expression", (const char *)message, at);
        return false;
    }
    pcre2_pattern_info(pcre->code, PCRE2_INFO_CAPTURECOUNT, &groups);
    if (groups != 1) {
        *why = g_strdup_printf("the expression must have one group, not %u", groups);
        return false;
    }
    pcre->context = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(pcre->context, MATCH_LIMIT);
    pcre2_set_depth_limit(pcre->context, DEPTH_LIMIT);
    pcre2_jit_compile(pcre->code, PCRE2_JIT_COMPLETE);
    return true;
}

/* What the group captures; as in Suricata all bytes when that is nothing. */
bool
mf_pcrexform_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
                 GByteArray *out)
{
    const struct mf_pcrexform *pcre = transform->as.pcre;
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(pcre->code, NULL);
    int rc = pcre2_match(pcre->code, data, length, 0, 0, match, pcre->context);
    const PCRE2_SIZE *ovector = pcre2_get_ovector_pointer(match);

    if (rc > 1 && ovector[2] < ovector[3])
        mf_transform_keep(data + ovector[2], ovector[3] - ovector[2], out);
    else
        mf_transform_keep(data, length, out);
    pcre2_match_data_free(match);
    return true;
}
