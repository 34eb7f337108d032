/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Chains of conditions, each relative to the one before, against a search through all that they
 * could be: the engine gives up early where nothing is left to be found, and must not give up too
 * early.
 */
#include "rules_kit.h"

enum { MAX_LINKS = 4, MAX_TEXT = 3, CHAINS = 1000, BYTES = 40, LETTERS = 3 };

enum kind { CONTENT, NO_CONTENT, EXPRESSION, BYTE };

struct link {
    enum kind kind;
    char text[MAX_TEXT + 1]; /* of BYTE the first letter counts */
    int distance, within;    /* within 0: none; of the first neither counts */
};

struct chain {
    struct link links[MAX_LINKS];
    unsigned n, fast; /* fast: index of the fast pattern */
};

static void
random_text(GRand *rand, char *text)
{
    unsigned n = (unsigned)g_rand_int_range(rand, 1, MAX_TEXT + 1);

    for (unsigned i = 0; i < n; i++)
        text[i] = (char)('a' + g_rand_int_range(rand, 0, LETTERS));
    text[n] = '\0';
}

static void
random_chain(GRand *rand, struct chain *chain)
{
    memset(chain, 0, sizeof *chain);
    chain->n = (unsigned)g_rand_int_range(rand, 2, MAX_LINKS + 1);
    for (unsigned i = 0; i < chain->n; i++) {
        struct link *link = &chain->links[i];

        random_text(rand, link->text);
        link->distance = g_rand_int_range(rand, -2, 5);
        if (g_rand_boolean(rand))
            link->within = (int)strlen(link->text) + g_rand_int_range(rand, 0, 7);
        if (i > 0 && g_rand_int_range(rand, 0, 3) == 0)
            link->kind = (enum kind)g_rand_int_range(rand, NO_CONTENT, BYTE + 1);
        if (link->kind == EXPRESSION)
            link->distance = link->within = 0;
    }
    do
        chain->fast = (unsigned)g_rand_int_range(rand, 0, (int)chain->n);
    while (chain->links[chain->fast].kind != CONTENT);
}

static char *
options_of(const struct chain *chain)
{
    GString *out = g_string_new(NULL);

    for (unsigned i = 0; i < chain->n; i++) {
        const struct link *link = &chain->links[i];

        if (link->kind == BYTE) {
            g_string_append_printf(out, "byte_test:1,=,%d,%d,relative; ", link->text[0],
                                   link->distance);
        } else if (link->kind == EXPRESSION) {
            g_string_append_printf(out, "pcre:\"/%s/R\"; ", link->text);
        } else {
            g_string_append_printf(out, "content:%s\"%s\"; ", link->kind == CONTENT ? "" : "!",
                                   link->text);
            if (i > 0)
                g_string_append_printf(out, "distance:%d; ", link->distance);
            if (i > 0 && link->within > 0)
                g_string_append_printf(out, "within:%d; ", link->within);
        }
        if (i == chain->fast)
            g_string_append(out, "fast_pattern; ");
    }
    return g_string_free(out, FALSE);
}

static bool
stands_at(const GByteArray *data, const char *text, int at)
{
    return at >= 0 && at + (int)strlen(text) <= (int)data->len &&
           memcmp(data->data + at, text, strlen(text)) == 0;
}

/* Whether the links from INDEX on can stand behind CURSOR, with the fast pattern at PIN. */
static bool
can_stand(const struct chain *chain, const GByteArray *data, unsigned index, int cursor, int pin)
{
    const struct link *link = &chain->links[index];
    int length, low = 0, high = (int)data->len;
    bool found = false;

    if (index == chain->n)
        return true;
    length = (int)strlen(link->text);
    if (link->kind == BYTE)
        return cursor + link->distance >= 0 && cursor + link->distance < (int)data->len &&
               data->data[cursor + link->distance] == (guint8)link->text[0] &&
               can_stand(chain, data, index + 1, cursor, pin);
    if (index > 0)
        low = cursor + link->distance;
    if (index > 0 && link->within > 0)
        high = MIN(high, low + link->within);
    for (int at = MAX(low, 0); at + length <= high; at++) {
        if (!stands_at(data, link->text, at) || (index == chain->fast && at != pin))
            continue;
        found = true;
        if (link->kind != NO_CONTENT && can_stand(chain, data, index + 1, at + length, pin))
            return true;
    }
    return link->kind == NO_CONTENT && !found && can_stand(chain, data, index + 1, cursor, pin);
}

static unsigned
expected_of(const struct chain *chain, const GByteArray *data)
{
    unsigned sum = 0;

    for (int pin = 0; pin < (int)data->len; pin++)
        sum += stands_at(data, chain->links[chain->fast].text, pin) &&
               can_stand(chain, data, 0, 0, pin);
    return sum;
}

static void
test_exhaustive(void)
{
    unsigned some = 0;

    for (guint32 seed = 0; seed < CHAINS; seed++) {
        GRand *rand = g_rand_new_with_seed(seed);
        GByteArray *data = g_byte_array_new();
        struct chain chain;
        struct kit kit;
        unsigned expected;
        char *options;

        random_chain(rand, &chain);
        kit_pad(data, BYTES, 'a');
        for (guint i = 0; i < data->len; i++)
            data->data[i] = (guint8)('a' + g_rand_int_range(rand, 0, LETTERS));
        expected = expected_of(&chain, data);
        some += expected > 0;
        options = options_of(&chain);
        kit_open_options(&kit, options);
        if (kit_stream(&kit, data, data->len, 1) != expected ||
            kit_stream(&kit, data, 1, 1) != expected)
            g_error("%s on %.*s: %u, not %u", options, BYTES, (const char *)data->data, kit.total,
                    expected);
        kit_close(&kit);
        g_free(options);
        g_byte_array_unref(data);
        g_rand_free(rand);
    }
    g_assert_cmpuint(some, >, CHAINS / 4);
    g_assert_cmpuint(some, <, CHAINS - CHAINS / 4);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules-chain/exhaustive", test_exhaustive);
    return g_test_run();
}
