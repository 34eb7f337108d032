/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rule engine: the input is a rule file, a NUL byte, and a payload. Rules must parse or be
 * named; the payload whole, and cut into pieces, must fire the same rules as often.
 */
#include "core/rules/ruleset.h"

#include <glib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Half of what the rules name exists. */
static bool
knows(const char *text, char **why)
{
    if (text[0] >= 'a' && text[0] % 2 == 0)
        return true;
    *why = g_strdup("no such thing");
    return false;
}

static void
count(void *user, unsigned rule, enum mf_fired_on on)
{
    GArray *fired = user;

    (void)on;

    g_array_index(fired, unsigned, rule)++;
}

/* How often each rule fires on the payload in pieces of STEP bytes. */
static GArray *
stream(struct mf_ruleset *set, struct mf_counters *counters, const GByteArray *payload, size_t step)
{
    GArray *fired = g_array_new(FALSE, TRUE, sizeof(unsigned));
    struct mf_session session = {.l4 = MF_L4_TCP, .answered = true};
    struct mf_inspector *inspector = mf_inspector_new(set, counters, count, fired);
    struct mf_inspection *inspection = mf_inspection_new(inspector, &session, MF_ORIG);

    g_array_set_size(fired, mf_ruleset_count(set));
    for (size_t at = 0; inspection != NULL && at < payload->len; at += step) {
        size_t n = MIN(step, payload->len - at);
        uint8_t *piece = g_memdup2(payload->data + at, n);

        mf_inspection_feed(inspection, piece, n, false);
        g_free(piece);
    }
    mf_inspection_finish(inspection);
    mf_inspection_free(inspection);
    mf_inspector_free(inspector);
    return fired;
}

static void
buffers(struct mf_ruleset *set, struct mf_counters *counters, const GByteArray *payload)
{
    GArray *fired = g_array_new(FALSE, TRUE, sizeof(unsigned));
    struct mf_session session = {.l4 = MF_L4_TCP};
    struct mf_inspector *inspector = mf_inspector_new(set, counters, count, fired);
    unsigned n_fields, n_filters;
    uint8_t *filters;

    mf_ruleset_fields(set, &n_fields);
    mf_ruleset_filters(set, &n_filters);
    filters = g_malloc(n_filters + 1);
    for (unsigned i = 0; i < n_filters; i++)
        filters[i] = i % 2;
    g_array_set_size(fired, mf_ruleset_count(set));
    for (unsigned id = 0; id < MF_BUFFER_COUNT + n_fields; id++) {
        /* A message of HTTP with a header line, and one more buffer. */
        struct mf_buffer buffers[] = {
            {.id = MF_BUF_HTTP},
            {.id = (enum mf_buffer_id)id, .data = payload->data, .length = payload->len},
            {.id = MF_BUF_HTTP_HEADER_LINE, .data = (const uint8_t *)"Host: a", .length = 7}};
        const struct mf_packet packet = {.frame = 1,
                                         .l4 = MF_L4_TCP,
                                         .payload = payload->data,
                                         .payload_captured = payload->len,
                                         .payload_length = payload->len,
                                         .filters_hold = filters,
                                         .buffers = buffers,
                                         .n_buffers = G_N_ELEMENTS(buffers)};
        const struct mf_payload_view view = {payload->data, payload->len};

        mf_inspector_at(inspector, &packet);
        mf_inspect_packet(inspector, &session, MF_RESP, &packet);
        mf_inspect_messages(inspector, &session, MF_RESP, &view);
    }
    mf_inspector_free(inspector);
    g_array_free(fired, TRUE);
    g_free(filters);
}

static void
inspect(struct mf_ruleset *set, const GByteArray *payload)
{
    static const size_t steps[] = {1, 5, 1460};
    struct mf_counters counters = {0};
    GArray *whole = stream(set, &counters, payload, SIZE_MAX / 2);

    for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++) {
        GArray *pieces = stream(set, &counters, payload, steps[i]);

        /* Where work was cut off, the cut may depend on the pieces. */
        if (counters.rule_limits == 0 && counters.pcre_limits == 0)
            g_assert(whole->len == 0 ||
                     memcmp(whole->data, pieces->data, whole->len * sizeof(unsigned)) == 0);
        g_array_free(pieces, TRUE);
    }
    g_array_free(whole, TRUE);
    buffers(set, &counters, payload);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mf_diags *diags = mf_diags_new();
    static const struct mf_rule_host host = {.check_field = knows, .check_filter = knows};
    const struct mf_rule_options options = {.host = &host};
    struct mf_ruleset *set = mf_ruleset_new(&options, NULL);
    char *text = g_strndup((const char *)data, size);
    size_t length = strlen(text);
    GByteArray *payload = g_byte_array_new();

    if (length < size)
        g_byte_array_append(payload, data + length + 1, (guint)(size - length - 1));
    mf_ruleset_add_text(set, "fuzz", text, diags);
    if (mf_ruleset_compile(set, diags))
        inspect(set, payload);
    for (unsigned i = 0; i < mf_diags_count(diags); i++) {
        char *said = mf_diag_format(mf_diags_get(diags, i));

        g_assert(g_str_is_ascii(said));
        g_free(said);
    }
    g_byte_array_unref(payload);
    g_free(text);
    mf_ruleset_free(set);
    mf_diags_free(diags);
    return 0;
}
