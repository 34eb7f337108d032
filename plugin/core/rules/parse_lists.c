/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of addresses and of ports: any, one, !one, [one,two,![three]], ranges, CIDR. */
#include "set.h"

#include "parser.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

/* A list while it is read. */
struct list {
    struct mf_parser *parser;
    GArray *sets[2]; /* struct mf_range: meant, excepted */
    bool (*item)(struct mf_parser *parser, struct mf_span item, struct mf_range *out);
    const char *what; /* "an address" */
};

static bool
parse_item(const struct list *list, struct mf_span span, bool negated)
{
    struct mf_range range;

    if (span.length == 0)
        return mf_parser_fail(list->parser, span.text, "expected %s", list->what);
    if (span.text[0] == '$')
        return mf_parser_fail(list->parser, span.text, "the variable '%.*s' is not supported yet",
                              (int)MIN(span.length, 40), span.text);
    if (mf_span_is(span, "any")) {
        if (negated)
            return mf_parser_fail(list->parser, span.text, "'!any' would match nothing");
        memset(range.low.bytes, 0, sizeof range.low.bytes);
        memset(range.high.bytes, 0xff, sizeof range.high.bytes);
    } else if (!list->item(list->parser, span, &range)) {
        return false;
    }
    g_array_append_val(list->sets[negated], range);
    return true;
}

/* Cuts the next item off the inside of a list; commas in inner lists are not ours. */
static struct mf_span
next_item(struct mf_span *rest, bool *more)
{
    struct mf_span item = *rest;
    size_t n = 0;
    int depth = 0;

    while (n < rest->length && (depth > 0 || rest->text[n] != ',')) {
        depth += (rest->text[n] == '[') - (rest->text[n] == ']');
        n++;
    }
    *more = n < rest->length;
    item.length = n;
    rest->text += n + *more;
    rest->length -= n + *more;
    return mf_span_trim(item);
}

static bool
parse_list(const struct list *list, struct mf_span span, bool negated, unsigned depth)
{
    bool more = true;

    if (mf_span_negated(&span))
        negated = !negated;
    if (span.length == 0 || span.text[0] != '[')
        return parse_item(list, span, negated);
    if (span.text[span.length - 1] != ']' || depth == MF_LIST_DEPTH_MAX)
        return mf_parser_fail(list->parser, span.text,
                              depth == MF_LIST_DEPTH_MAX ? "lists are nested too deep"
                                                         : "expected the list's ']'");
    span.text++;
    span.length -= 2;
    while (more)
        if (!parse_list(list, next_item(&span, &more), negated, depth + 1))
            return false;
    return true;
}

static int
compare_ranges(const void *a, const void *b)
{
    return memcmp(((const struct mf_range *)a)->low.bytes, ((const struct mf_range *)b)->low.bytes,
                  sizeof(struct mf_addr));
}

/* Puts RANGES in order; those that meet become one. */
static void
normalise(GArray *ranges)
{
    unsigned kept = 0;

    if (ranges->len < 2)
        return;
    qsort(ranges->data, ranges->len, sizeof(struct mf_range), compare_ranges);
    for (unsigned i = 1; i < ranges->len; i++) {
        const struct mf_range *next = &g_array_index(ranges, struct mf_range, i);
        struct mf_range *last = &g_array_index(ranges, struct mf_range, kept);

        if (memcmp(next->low.bytes, last->high.bytes, sizeof next->low.bytes) > 0)
            g_array_index(ranges, struct mf_range, ++kept) = *next;
        else if (memcmp(next->high.bytes, last->high.bytes, sizeof next->high.bytes) > 0)
            last->high = next->high;
    }
    g_array_set_size(ranges, kept + 1);
}

static struct mf_range_set *
make_set(const struct list *list)
{
    unsigned n_in, n_out;
    struct mf_range_set *set;

    normalise(list->sets[0]);
    normalise(list->sets[1]);
    n_in = list->sets[0]->len;
    n_out = list->sets[1]->len;
    set = g_malloc(sizeof *set + (n_in + n_out) * sizeof(struct mf_range));
    set->n_in = n_in;
    set->n_out = n_out;
    if (n_in > 0)
        memcpy(set->ranges, list->sets[0]->data, n_in * sizeof(struct mf_range));
    if (n_out > 0)
        memcpy(set->ranges + n_in, list->sets[1]->data, n_out * sizeof(struct mf_range));
    return set;
}

/* Most rules say one of a few lists: each is read once. */
static bool
parse_set(struct list *list, struct mf_span span, const struct mf_range_set **out)
{
    GHashTable *known = list->parser->context->set->ranges;
    struct mf_range_set *set;
    char *key;
    bool good;

    *out = NULL;
    if (mf_span_is(span, "any"))
        return true;
    key = g_strdup_printf("%s %.*s", list->what, (int)span.length, span.text);
    *out = g_hash_table_lookup(known, key);
    if (*out != NULL) {
        g_free(key);
        return true;
    }
    list->sets[0] = g_array_new(FALSE, FALSE, sizeof(struct mf_range));
    list->sets[1] = g_array_new(FALSE, FALSE, sizeof(struct mf_range));
    good = parse_list(list, span, false, 0);
    if (good) {
        set = make_set(list);
        g_hash_table_insert(known, key, set);
        *out = set;
    } else {
        g_free(key);
    }
    g_array_free(list->sets[0], TRUE);
    g_array_free(list->sets[1], TRUE);
    return good;
}

/* --- addresses --- */

static bool
address_from(struct mf_span span, struct mf_addr *out)
{
    char text[INET6_ADDRSTRLEN];
    uint8_t bytes[16];

    if (span.length >= sizeof text)
        return false;
    memcpy(text, span.text, span.length);
    text[span.length] = '\0';
    if (inet_pton(AF_INET, text, bytes) == 1)
        *out = mf_addr_from_ipv4(bytes);
    else if (inet_pton(AF_INET6, text, bytes) == 1)
        *out = mf_addr_from_ipv6(bytes);
    else
        return false;
    return true;
}

static void
spread(struct mf_range *range, unsigned prefix)
{
    for (unsigned bit = prefix; bit < 128; bit++) {
        range->low.bytes[bit / 8] &= (uint8_t) ~(0x80 >> bit % 8);
        range->high.bytes[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
    }
}

static bool
parse_address(struct mf_parser *parser, struct mf_span span, struct mf_range *out)
{
    struct mf_span rest = span, low;
    char separator = memchr(span.text, '/', span.length) != NULL ? '/' : '-';
    int64_t prefix;

    mf_span_next(&rest, separator, &low);
    if (!address_from(low, &out->low))
        return mf_parser_fail(parser, low.text, "expected an address, not '%.*s'",
                              (int)MIN(low.length, 40), low.text);
    out->high = out->low;
    if (rest.text == NULL)
        return true;
    if (separator == '/') {
        unsigned bits = mf_addr_is_ipv4(&out->low) ? 32 : 128;

        if (!mf_span_number(parser, rest, 0, bits, &prefix))
            return false;
        spread(out, 128 - bits + (unsigned)prefix);
        return true;
    }
    if (!address_from(mf_span_trim(rest), &out->high) || mf_addr_compare(&out->low, &out->high) > 0)
        return mf_parser_fail(parser, rest.text, "expected the last address of the range");
    return true;
}

bool
mf_parser_addresses(struct mf_parser *parser, struct mf_span span, const struct mf_range_set **out)
{
    struct list list = {.parser = parser, .item = parse_address, .what = "an address"};

    return parse_set(&list, span, out);
}

/* --- ports --- */

static struct mf_addr
port_address(int64_t port)
{
    return (struct mf_addr){.bytes = {[14] = (uint8_t)(port >> 8), [15] = (uint8_t)port}};
}

static bool
parse_port(struct mf_parser *parser, struct mf_span span, struct mf_range *out)
{
    struct mf_span rest = span, low;
    int64_t first = 0, last = UINT16_MAX;

    mf_span_next(&rest, ':', &low);
    if ((low.length > 0 || rest.text == NULL) &&
        !mf_span_number(parser, low, 0, UINT16_MAX, &first))
        return false;
    if (rest.text == NULL)
        last = first;
    else if (rest.length > 0 &&
             !mf_span_number(parser, mf_span_trim(rest), first, UINT16_MAX, &last))
        return false;
    out->low = port_address(first);
    out->high = port_address(last);
    return true;
}

bool
mf_parser_ports(struct mf_parser *parser, struct mf_span span, const struct mf_range_set **out)
{
    struct list list = {.parser = parser, .item = parse_port, .what = "a port"};

    return parse_set(&list, span, out);
}
