/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything that a host receives is searched, so what holds nothing must cost nothing: each form
 * of a mention has a literal that it cannot do without ("://", "[.]", ".1"), libhs looks for all of
 * them at once, and only around those anything is taken apart. A new form is a row of the table of
 * forms and a reader.
 */
#include "mention_private.h"

#include <hs/hs.h>
#include <string.h>

enum { SAMPLE = 1024 }; /* bytes by which a text is told from binary data */

struct form {
    const char *literal;
    mf_mention_reader read;
    const void *how;
    unsigned modes;
    bool exact; /* upper and lower case differ */
};

static const enum mf_mention_style percent = MF_STYLE_PERCENT, wide = MF_STYLE_WIDE,
                                   pairs = MF_STYLE_PAIRS, script = MF_STYLE_SCRIPT,
                                   entity = MF_STYLE_ENTITY, hex = MF_STYLE_HEX;
static const size_t first = 0, second = 1, fourth = 3;

#define URL(literal)                                                                               \
    {                                                                                              \
        literal, mf_mention_read_url, literal, MF_MODE_ALL, true                                   \
    }
#define ESCAPED(literal, style)                                                                    \
    {                                                                                              \
        literal, mf_mention_read_escaped, &style, MF_MODE_ALL, false                               \
    }
#define DEFANGED(literal)                                                                          \
    {                                                                                              \
        literal, mf_mention_read_defanged, NULL, MF_MODE_ALL, false                                \
    }
#define BASE64(literal, place)                                                                     \
    {                                                                                              \
        literal, mf_mention_read_base64, &place, MF_MODE_ALL, true                                 \
    }
#define ATTRIBUTE(name, sign)                                                                      \
    {                                                                                              \
        name sign, mf_mention_read_attribute, name, MF_MODE_HTML, false                            \
    }

static const struct form forms[] = {
    ATTRIBUTE("src", "="),
    ATTRIBUTE("src", " ="),
    ATTRIBUTE("href", "="),
    ATTRIBUTE("href", " ="),
    ATTRIBUTE("url", "="),
    ATTRIBUTE("data", "="),
    ATTRIBUTE("code", "="),
    ATTRIBUTE("archive", "="),
    ATTRIBUTE("action", "="),
    ATTRIBUTE("background", "="),
    {"location", mf_mention_read_location, "location", MF_MODE_HTML, true},
    URL("://"),
    URL("[:]//"),
    URL("[://]"),
    URL(":[//]"),
    ESCAPED("%2f%2f", percent),
    ESCAPED("%3a//", percent),
    ESCAPED("%252f%252f", percent),
    ESCAPED("%u002f%u002f", wide),
    ESCAPED("%u2f3a", pairs),
    ESCAPED("%u2f2f", pairs),
    ESCAPED("\\/\\/", script),
    ESCAPED("\\x2f\\x2f", script),
    ESCAPED("\\x3a//", script),
    ESCAPED("\\u002f\\u002f", script),
    ESCAPED("&#47;&#47;", entity),
    ESCAPED("&#58;//", entity),
    ESCAPED("&#x2f;&#x2f;", entity),
    ESCAPED("&#x3a;//", entity),
    ESCAPED("&sol;&sol;", entity),
    ESCAPED("&colon;//", entity),
    ESCAPED("3a2f2f", hex),
    {"www.", mf_mention_read_www, NULL, MF_MODE_ALL, false},
    DEFANGED("[.]"),
    DEFANGED("(.)"),
    DEFANGED("{.}"),
    DEFANGED("[dot]"),
    DEFANGED("(dot)"),
    DEFANGED("{dot}"),
    {" dot ", mf_mention_read_defanged, NULL, MF_MODE_DIALOGUE, false},
    BASE64("Oi8v", first),
    BASE64("DovL", second),
    BASE64("zovL", second),
    BASE64("6Ly8", fourth),
    BASE64("6Ly9", fourth),
};

static void
classify(uint8_t classes[256], const char *bytes, unsigned class)
{
    for (; *bytes != '\0'; bytes++)
        classes[(uint8_t)*bytes] |= class;
}

#define DIGITS  "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static void
fill_classes(uint8_t classes[256])
{
    memset(classes, 0, 256);
    classify(classes, DIGITS LETTERS "-_", MF_BYTE_NAME);
    classify(classes, DIGITS LETTERS "-._~%!$&'()*+,;=:@/?#[]|", MF_BYTE_PATH);
    classify(classes, DIGITS LETTERS "-._~%!$&*+,;=:@", MF_BYTE_USER);
    classify(classes, DIGITS, MF_BYTE_DIGIT);
    classify(classes, DIGITS "abcdefABCDEF", MF_BYTE_HEX);
    classify(classes, DIGITS LETTERS "+/", MF_BYTE_BASE64);
    classify(classes, " \t\r\n", MF_BYTE_BLANK);
}

static void
compile(struct mf_mention_finder *finder)
{
    const char *literals[G_N_ELEMENTS(forms)];
    size_t lengths[G_N_ELEMENTS(forms)];
    unsigned flags[G_N_ELEMENTS(forms)], ids[G_N_ELEMENTS(forms)];
    hs_compile_error_t *error = NULL;

    for (unsigned i = 0; i < G_N_ELEMENTS(forms); i++) {
        literals[i] = forms[i].literal;
        lengths[i] = strlen(forms[i].literal);
        flags[i] = forms[i].exact ? 0 : HS_FLAG_CASELESS;
        ids[i] = i;
    }
    if (hs_compile_lit_multi(literals, flags, ids, lengths, G_N_ELEMENTS(forms), HS_MODE_BLOCK,
                             NULL, &finder->database, &error) != HS_SUCCESS)
        hs_free_compile_error(error);
    else if (hs_alloc_scratch(finder->database, &finder->scratch) != HS_SUCCESS) {
        hs_free_database(finder->database);
        finder->database = NULL;
    }
}

struct mf_mention_finder *
mf_mention_finder_new(void)
{
    struct mf_mention_finder *finder = g_new0(struct mf_mention_finder, 1);

    fill_classes(finder->classes);
    finder->orders = mf_mention_order_words();
    finder->hits = g_array_new(FALSE, FALSE, sizeof(struct mf_mention_hit));
    finder->extents = g_array_new(FALSE, FALSE, sizeof(struct mf_mention_extent));
    mf_mention_results_init(&finder->results);
    compile(finder);
    mf_mention_wide_compile(finder);
    return finder;
}

void
mf_mention_finder_free(struct mf_mention_finder *finder)
{
    if (finder == NULL)
        return;
    hs_free_database(finder->database);
    hs_free_database(finder->wide);
    hs_free_scratch(finder->scratch);
    g_hash_table_destroy(finder->orders);
    g_array_free(finder->hits, TRUE);
    g_array_free(finder->extents, TRUE);
    mf_mention_results_clear(&finder->results);
    g_free(finder);
}

void
mf_mention_keep(struct mf_mention_search *search, const struct mf_mention *mention)
{
    struct mf_mention kept = *mention;
    uint8_t text[MF_SUMMARY_TEXT];

    kept.text.length = MIN(kept.text.length, sizeof text);
    for (size_t i = 0; i < kept.text.length; i++) {
        const uint8_t byte = mention->text.data[i];

        text[i] = byte >= 0x20 && byte < 0x7f ? byte : '.';
    }
    kept.text.data = text;
    kept.end = search->origin + mention->end * search->scale;
    kept.open = search->unended && (mention->open || search->mode == MF_MODE_DIALOGUE);
    mf_mention_results_add(&search->finder->results, &kept);
}

void
mf_mention_keep_place(struct mf_mention_search *search, enum mf_mention_kind kind,
                      const struct mf_mention_place *place, struct mf_span text)
{
    const struct mf_mention mention = {
        .kind = kind,
        .text = text,
        .host = {(const uint8_t *)place->host, place->host_length},
        .addr = place->addr,
        .path = place->path,
        .port = place->port,
        .end = place->end,
        .open = mf_mention_place_open(search, place),
    };

    mf_mention_keep(search, &mention);
}

static int
note_hit(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *user)
{
    struct mf_mention_search *search = user;
    struct mf_mention_hit hit = {.at = (uint32_t)(to - strlen(forms[id].literal)), .form = id};

    (void)from;
    (void)flags;
    if ((forms[id].modes & search->mode) != 0)
        g_array_append_val(search->finder->hits, hit);
    return 0;
}

/* The text that is read now, and how far its literals have been read. */
struct reading_on {
    guint next, last; /* hits */
};

static void
read_range(struct mf_mention_search *search, void *user)
{
    struct reading_on *on = user;

    if (search->depth == 0)
        g_array_set_size(search->finder->extents, 0);
    for (; on->next < on->last; on->next++) {
        const struct mf_mention_hit hit =
            g_array_index(search->finder->hits, struct mf_mention_hit, on->next);

        if (hit.at >= search->end)
            break;
        if (hit.at >= search->begin && hit.at >= search->taken)
            forms[hit.form].read(search, hit.at, forms[hit.form].how);
    }
    mf_mention_read_words(search);
    mf_mention_read_long_words(search);
}

void
mf_mention_search_run(struct mf_mention_search *search)
{
    GArray *hits = search->finder->hits;
    const guint before = hits->len;
    struct reading_on on = {.next = before};

    if (search->finder->database != NULL && search->length <= UINT32_MAX)
        hs_scan(search->finder->database, (const char *)search->data, (unsigned)search->length, 0,
                search->finder->scratch, note_hit, search);
    on.last = hits->len;
    if (search->mode == MF_MODE_DIALOGUE) {
        mf_mention_lines(search, read_range, &on);
    } else {
        search->begin = 0;
        search->end = search->length;
        read_range(search, &on);
    }
    g_array_set_size(hits, before);
}

enum { BLOCK = 64 };

/* 1 for a BYTE from LOW to HIGH. */
static inline uint8_t
is_within(uint8_t byte, uint8_t low, uint8_t high)
{
    return (uint8_t)(byte - low) <= (uint8_t)(high - low) ? 1 : 0;
}

/* 1 for control characters that no text has. Not: bell, backspace, escape, and what IRC writes
 * colours, CTCP and the like with. Sums of bytes are what compilers make vector instructions of. */
static inline uint8_t
is_foreign(uint8_t byte)
{
    return (uint8_t)(is_within(byte, 0x00, 0x00) + is_within(byte, 0x05, 0x06) +
                     is_within(byte, 0x0b, 0x0b) + is_within(byte, 0x0e, 0x0e) +
                     is_within(byte, 0x10, 0x10) + is_within(byte, 0x12, 0x15) +
                     is_within(byte, 0x17, 0x1a) + is_within(byte, 0x1c, 0x1c));
}

static size_t
count_foreign(const uint8_t block[BLOCK])
{
    uint8_t foreign = 0;

    for (unsigned i = 0; i < BLOCK; i++)
        foreign = (uint8_t)(foreign + is_foreign(block[i]));
    return foreign;
}

size_t
mf_mention_foreign(struct mf_span text)
{
    uint8_t rest[BLOCK];
    size_t foreign = 0;

    for (; text.length >= BLOCK; text = mf_span_skip(text, BLOCK))
        foreign += count_foreign(text.data);
    if (text.length == 0)
        return foreign;
    memset(rest, ' ', sizeof rest);
    memcpy(rest, text.data, text.length);
    return foreign + count_foreign(rest);
}

bool
mf_mention_is_binary(struct mf_span text)
{
    text.length = MIN(text.length, SAMPLE);
    return mf_mention_foreign(text) * MF_MENTION_FOREIGN_PART > text.length;
}

void
mf_mentions_find(struct mf_mention_finder *finder, struct mf_span text,
                 const struct mf_mention_reading *reading, mf_mention_found found, void *user)
{
    struct mf_mention_search search = {
        .finder = finder,
        .reading = reading,
        .mode = reading->dialogue ? MF_MODE_DIALOGUE
                : reading->html   ? MF_MODE_HTML
                                  : MF_MODE_PLAIN,
        .data = text.data,
        .length = text.length,
        .unended = true,
        .scale = 1,
    };

    if (text.length == 0)
        return;
    if (!mf_mention_is_binary(text))
        mf_mention_search_run(&search);
    else if (!mf_mention_read_wide(&search)) {
        if (reading->dialogue)
            mf_mention_search_run(&search);
        mf_mention_read_wide_urls(&search);
    }
    mf_mention_results_tell(&finder->results, found, user);
}
