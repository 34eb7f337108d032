/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of the rule engine share. Payload is written as in a rule: text with |41 00|. */
#ifndef MALFLOW_TESTS_RULES_KIT_H
#define MALFLOW_TESTS_RULES_KIT_H

#include "core/rules/ruleset.h"

#include <glib.h>
#include <string.h>

/* A compiled set, an inspector, a TCP session, and how often which rule fired. */
struct kit {
    struct mf_diags *diags;
    struct mf_ruleset *set;
    struct mf_counters counters;
    struct mf_inspector *inspector;
    struct mf_session session;
    unsigned fired[8];
    unsigned total;
};

static inline void
kit_fired(void *user, unsigned rule, enum mf_fired_on on)
{
    struct kit *kit = user;

    (void)on;
    g_assert_cmpuint(rule, <, mf_ruleset_count(kit->set));
    kit->fired[rule % G_N_ELEMENTS(kit->fired)]++;
    kit->total++;
}

static inline void
kit_open_with(struct kit *kit, const char *rules, const struct mf_rule_options *options)
{
    memset(kit, 0, sizeof *kit);
    kit->diags = mf_diags_new();
    kit->set = mf_ruleset_new(options, kit->diags);
    mf_ruleset_add_text(kit->set, "test.rules", rules, kit->diags);
    g_assert_true(mf_ruleset_compile(kit->set, kit->diags));
    kit->inspector = mf_inspector_new(kit->set, &kit->counters, kit_fired, kit);
    kit->session.l4 = MF_L4_TCP;
    kit->session.answered = true;
}

static inline void
kit_open(struct kit *kit, const char *rules)
{
    kit_open_with(kit, rules, NULL);
}

static inline void
kit_close(struct kit *kit)
{
    mf_inspector_free(kit->inspector);
    mf_ruleset_free(kit->set);
    mf_diags_free(kit->diags);
}

static inline void
kit_reset(struct kit *kit)
{
    memset(kit->fired, 0, sizeof kit->fired);
    kit->total = 0;
}

/* Opens with one rule of these options, which must be good. */
static inline void
kit_open_options(struct kit *kit, const char *options)
{
    char *rule = g_strdup_printf("alert ip any any -> any any (msg:\"m\"; %s sid:1;)", options);

    kit_open(kit, rule);
    for (unsigned i = 0; i < mf_diags_count(kit->diags); i++)
        g_error("%s: %s", rule, mf_diag_format(mf_diags_get(kit->diags, i)));
    g_free(rule);
}

/* A rule of these options is refused, for one reason. */
static inline void
kit_expect_refused(const char *options)
{
    char *rule = g_strdup_printf("alert ip any any -> any any (%s; sid:1;)", options);
    struct kit kit;

    kit_open(&kit, rule);
    if (mf_diags_count(kit.diags) != 1 || mf_ruleset_count(kit.set) != 0)
        g_error("taken: %s", rule);
    kit_close(&kit);
    g_free(rule);
}

/* Bytes of "text|00 01|text". */
static inline GByteArray *
kit_bytes(const char *text)
{
    GByteArray *out = g_byte_array_new();
    bool hex = false;

    for (; *text != '\0'; text++) {
        guint8 byte = (guint8)*text;

        if (byte == '|') {
            hex = !hex;
            continue;
        }
        if (hex && byte == ' ')
            continue;
        if (hex) {
            byte = (guint8)(g_ascii_xdigit_value(text[0]) << 4 | g_ascii_xdigit_value(text[1]));
            text++;
        }
        g_byte_array_append(out, &byte, 1);
    }
    return out;
}

/* Appends N times BYTE. */
static inline void
kit_pad(GByteArray *bytes, size_t n, char byte)
{
    guint at = bytes->len;

    g_byte_array_set_size(bytes, at + (guint)n);
    memset(bytes->data + at, byte, n);
}

/* Appends a PE whose header stands at e_lfanew: "MZ", the offset, "PE\0\0", and TAIL bytes. */
static inline void
kit_pe(GByteArray *bytes, guint32 e_lfanew, size_t tail)
{
    guint begin = bytes->len;
    guint32 little = GUINT32_TO_LE(e_lfanew);

    kit_pad(bytes, MAX(64, (size_t)e_lfanew + 4), '\0');
    memcpy(bytes->data + begin, "MZ", 2);
    memcpy(bytes->data + begin + 60, &little, 4);
    memcpy(bytes->data + begin + e_lfanew, "PE\0\0", 4);
    kit_pad(bytes, tail, '.');
}

/* Feeds DATA as one stream in pieces of STEP bytes, the first of FIRST bytes; ends it. Returns how
 * often rules fired. */
static inline unsigned
kit_stream(struct kit *kit, const GByteArray *data, size_t first, size_t step)
{
    struct mf_inspection *inspection = mf_inspection_new(kit->inspector, &kit->session, MF_ORIG);
    size_t at = 0, n = first;

    kit_reset(kit);
    if (inspection == NULL)
        return 0;
    for (; at < data->len; at += n, n = step) {
        /* A copy of its own: reading over its end is seen. */
        guint8 *piece;

        n = MIN(n, data->len - at);
        piece = g_memdup2(data->data + at, n);
        mf_inspection_feed(inspection, piece, n, false);
        g_free(piece);
    }
    mf_inspection_finish(inspection);
    mf_inspection_free(inspection);
    return kit->total;
}

/* A message of the originator that LAYER opens, with one buffer. */
static inline unsigned
kit_message(struct kit *kit, enum mf_buffer_id layer, enum mf_buffer_id id, const GByteArray *data)
{
    const struct mf_buffer buffers[] = {{.id = layer},
                                        {.id = id, .length = data->len, .data = data->data}};
    const struct mf_packet packet = {.frame = 1, .buffers = buffers, .n_buffers = 2};
    const struct mf_payload_view nothing = {NULL, 0};

    kit_reset(kit);
    mf_inspector_at(kit->inspector, &packet);
    mf_inspect_messages(kit->inspector, &kit->session, MF_ORIG, &nothing);
    mf_inspector_leave(kit->inspector);
    return kit->total;
}

static inline unsigned
kit_buffer(struct kit *kit, enum mf_buffer_id id, const GByteArray *data)
{
    struct mf_buffer buffer = {.id = id, .length = data->len, .data = data->data};
    const struct mf_packet packet = {.frame = 1, .buffers = &buffer, .n_buffers = 1};
    const struct mf_payload_view nothing = {NULL, 0};

    kit_reset(kit);
    mf_inspector_at(kit->inspector, &packet);
    mf_inspect_messages(kit->inspector, &kit->session, MF_RESP, &nothing);
    mf_inspector_leave(kit->inspector);
    return kit->total;
}

#endif
