/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists of addresses and of ports: any, one, !one, $NAME, [one,two,![three]], ranges, CIDR.
 * As in Suricata a list is flat whatever its brackets: what is meant, without what is excepted; a
 * '!' before brackets or a variable turns each of its items. Lists are shared by their text, and a
 * variable is read once, since rules by the ten thousand say the same few.
 */
#include "set.h"

#include "parser.h"
#include "ranges.h"

#include <arpa/inet.h>
#include <string.h>

enum { MAX_NESTED_VARIABLES = 16, MAX_RANGES = 1 << 18 };

/* A list while it is read. */
struct list {
    struct mf_parser *parser;
    const struct kind *kind;
    GArray *sets[2]; /* struct mf_range: meant, excepted */
};

static bool
parse_address(struct mf_parser *parser, struct mf_token token, struct mf_range *out);
static bool
parse_port(struct mf_parser *parser, struct mf_token token, struct mf_range *out);

static const struct kind {
    const char *what;
    enum mf_list_kind number;
    bool (*item)(struct mf_parser *parser, struct mf_token token, struct mf_range *out);
} addresses = {"an address", MF_LIST_ADDRESSES, parse_address},
  ports = {"a port", MF_LIST_PORTS, parse_port};

static bool
read_list(struct mf_parser *parser, const struct kind *kind, struct mf_token token,
          struct mf_range_set **out);

static const struct mf_range all = {
    .high = {{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}},
};

/* --- variables --- */

static bool
read_variable(const struct mf_parser *parser, const struct kind *kind, struct mf_variable *variable)
{
    struct mf_parser inner = {.context = parser->context,
                              .line = &variable->line,
                              .nested_variables = parser->nested_variables + 1};
    const struct mf_token text = {variable->line.text->str + variable->value, variable->length};

    if (variable->state == MF_LIST_NEW && inner.nested_variables <= MAX_NESTED_VARIABLES) {
        variable->state = MF_LIST_BEING_READ;
        variable->state =
            read_list(&inner, kind, text, &variable->set) ? MF_LIST_GOOD : MF_LIST_BAD;
    }
    return variable->state == MF_LIST_GOOD;
}

static void
append_set(const struct list *list, const struct mf_range_set *set, bool negated)
{
    g_array_append_vals(list->sets[negated], set->ranges, set->n_in);
    g_array_append_vals(list->sets[!negated], set->ranges + set->n_in, set->n_out);
}

static bool
parse_variable(const struct list *list, struct mf_token token, bool negated)
{
    struct mf_parser *parser = list->parser;
    struct mf_variable *variable =
        mf_variables_find(parser->context->set->variables, token.text + 1, token.length - 1);

    if (variable == NULL)
        return mf_parser_fail(parser, token.text, "the variable '%.*s' is not defined",
                              (int)MIN(token.length, 40), token.text);
    if (variable->kind != list->kind->number)
        return mf_parser_fail(parser, token.text, "expected %s, not the variable '$%s'",
                              list->kind->what, variable->name);
    if (read_variable(parser, list->kind, variable)) {
        append_set(list, variable->set, negated);
        return true;
    }
    if (variable->state == MF_LIST_BEING_READ)
        return mf_parser_fail(parser, token.text, "the variable '$%s' contains itself",
                              variable->name);
    if (variable->state == MF_LIST_NEW)
        return mf_parser_fail(parser, token.text, "variables are nested too deep");
    return mf_parser_fail(parser, token.text, "the variable '$%s' is wrong, see %s:%u",
                          variable->name, variable->line.file, variable->line.number);
}

/* --- lists --- */

static bool
parse_item(const struct list *list, struct mf_token token, bool negated)
{
    struct mf_range range;

    if (token.length == 0)
        return mf_parser_fail(list->parser, token.text, "expected %s", list->kind->what);
    if (token.text[0] == '$')
        return parse_variable(list, token, negated);
    if (mf_token_is(token, "any")) {
        if (negated)
            return mf_parser_fail(list->parser, token.text, "'!any' would match nothing");
        g_array_append_val(list->sets[0], all);
        return true;
    }
    if (!list->kind->item(list->parser, token, &range))
        return false;
    if (list->kind->number == MF_LIST_ADDRESSES)
        mf_ranges_add(list->sets[negated], &range);
    else
        g_array_append_val(list->sets[negated], range);
    return true;
}

/* Cuts the next item off the inside of a list; commas in inner lists are not ours. */
static struct mf_token
next_item(struct mf_token *rest, bool *more)
{
    struct mf_token item = *rest;
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
    return mf_token_trim(item);
}

static bool
parse_list(const struct list *list, struct mf_token token, bool negated, unsigned depth);

/* The items between brackets; without any around them too ("!80,!443"). */
static bool
parse_items(const struct list *list, struct mf_token token, bool negated, unsigned depth)
{
    bool more = true;

    while (more) {
        if (!parse_list(list, next_item(&token, &more), negated, depth))
            return false;
        if (list->sets[0]->len + list->sets[1]->len > MAX_RANGES)
            return mf_parser_fail(list->parser, token.text, "the list is too long");
    }
    return true;
}

static bool
parse_list(const struct list *list, struct mf_token token, bool negated, unsigned depth)
{
    if (mf_token_negated(&token))
        negated = !negated;
    if (token.length == 0 || token.text[0] != '[')
        return parse_item(list, token, negated);
    if (token.text[token.length - 1] != ']' || depth == MF_LIST_DEPTH_MAX)
        return mf_parser_fail(list->parser, token.text,
                              depth == MF_LIST_DEPTH_MAX ? "lists are nested too deep"
                                                         : "expected the list's ']'");
    token.text++;
    token.length -= 2;
    return parse_items(list, token, negated, depth + 1);
}

/* For a variable the set is kept as it stands, since what it means depends on what is around it. */
static bool
read_list(struct mf_parser *parser, const struct kind *kind, struct mf_token token,
          struct mf_range_set **out)
{
    struct list list = {.parser = parser, .kind = kind};
    bool by_family = kind->number == MF_LIST_ADDRESSES && parser->nested_variables == 0, good;

    for (unsigned i = 0; i < 2; i++)
        list.sets[i] = g_array_new(FALSE, FALSE, sizeof(struct mf_range));
    good = parse_items(&list, token, false, 0);
    *out = good ? mf_ranges_make(list.sets[0], list.sets[1], by_family) : NULL;
    if (good && *out == NULL)
        good = mf_parser_fail(parser, token.text, "'%.*s' would match nothing",
                              (int)MIN(token.length, 40), token.text);
    for (unsigned i = 0; i < 2; i++)
        g_array_free(list.sets[i], TRUE);
    return good;
}

static bool
parse_set(struct mf_parser *parser, const struct kind *kind, struct mf_token token,
          const struct mf_range_set **out)
{
    GHashTable *table = parser->context->set->ranges;
    struct mf_range_set *set;

    *out = NULL;
    if (mf_token_is(token, "any"))
        return true;
    *out = mf_ranges_kept(table, kind->number, token);
    if (*out != NULL)
        return true;
    if (!read_list(parser, kind, token, &set))
        return false;
    mf_ranges_keep(table, kind->number, token, set);
    *out = set;
    return true;
}

bool
mf_parser_addresses(struct mf_parser *parser, struct mf_token token,
                    const struct mf_range_set **out)
{
    return parse_set(parser, &addresses, token, out);
}

bool
mf_parser_ports(struct mf_parser *parser, struct mf_token token, const struct mf_range_set **out)
{
    return parse_set(parser, &ports, token, out);
}

bool
mf_parser_check_variable(const struct mf_parser_context *context, struct mf_variable *variable)
{
    const struct mf_parser parser = {.context = context};

    return read_variable(&parser, variable->kind == MF_LIST_PORTS ? &ports : &addresses, variable);
}

/* --- addresses --- */

static bool
address_from(struct mf_token token, struct mf_addr *out)
{
    char text[INET6_ADDRSTRLEN];
    uint8_t bytes[16];

    if (token.length >= sizeof text)
        return false;
    memcpy(text, token.text, token.length);
    text[token.length] = '\0';
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

/* 255.255.0.0 as a prefix length; false: it is none. */
static bool
prefix_from_mask(struct mf_token token, int64_t *prefix)
{
    struct mf_addr mask;
    unsigned bits;

    if (memchr(token.text, '.', token.length) == NULL || !address_from(token, &mask))
        return false;
    for (bits = 0; bits < 32 && (mask.bytes[12 + bits / 8] & 0x80 >> bits % 8) != 0;)
        bits++;
    *prefix = bits;
    for (; bits < 32; bits++)
        if ((mask.bytes[12 + bits / 8] & 0x80 >> bits % 8) != 0)
            return false;
    return true;
}

static bool
parse_address(struct mf_parser *parser, struct mf_token token, struct mf_range *out)
{
    struct mf_token rest = token, low;
    char separator = memchr(token.text, '/', token.length) != NULL ? '/' : '-';
    int64_t prefix;

    mf_token_next(&rest, separator, &low);
    if (!address_from(low, &out->low))
        return mf_parser_fail(parser, low.text, "expected an address, not '%.*s'",
                              (int)MIN(low.length, 40), low.text);
    out->high = out->low;
    if (rest.text == NULL)
        return true;
    if (separator == '/') {
        unsigned bits = mf_addr_is_ipv4(&out->low) ? 32 : 128;

        if (!(bits == 32 && prefix_from_mask(rest, &prefix)) &&
            !mf_token_number(parser, rest, 0, bits, &prefix))
            return false;
        spread(out, 128 - bits + (unsigned)prefix);
        return true;
    }
    if (!address_from(mf_token_trim(rest), &out->high) ||
        mf_addr_compare(&out->low, &out->high) > 0 ||
        mf_addr_is_ipv4(&out->low) != mf_addr_is_ipv4(&out->high))
        return mf_parser_fail(parser, rest.text, "expected the last address of the range");
    return true;
}

/* --- ports --- */

static struct mf_addr
port_address(int64_t port)
{
    return (struct mf_addr){.bytes = {[14] = (uint8_t)(port >> 8), [15] = (uint8_t)port}};
}

static bool
parse_port(struct mf_parser *parser, struct mf_token token, struct mf_range *out)
{
    struct mf_token rest = token, low;
    int64_t first = 0, last = UINT16_MAX;

    mf_token_next(&rest, ':', &low);
    if ((low.length > 0 || rest.text == NULL) &&
        !mf_token_number(parser, low, 0, UINT16_MAX, &first))
        return false;
    if (rest.text == NULL)
        last = first;
    else if (rest.length > 0 &&
             !mf_token_number(parser, mf_token_trim(rest), first, UINT16_MAX, &last))
        return false;
    out->low = port_address(first);
    out->high = port_address(last);
    if (first == 0 && last == UINT16_MAX)
        *out = all;
    return true;
}
