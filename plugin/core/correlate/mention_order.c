/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Orders to scan or to spread, as bots get them by IRC or a shell. Each family has its own words
 * for the same few things, so a message is an order by its form: a command's sign before the word,
 * or nothing but numbers, flags, addresses and services behind it. "I will scan the document" has
 * neither.
 */
#include "mention_order.h"

#include <string.h>

enum { WORDS = 24, WORD_BYTES = 40, SEGMENTS = 32 };

struct order {
    const struct mf_mention_search *search;
    struct mf_span word[WORDS];
    unsigned n;
    uint16_t ports[MF_MENTION_PORTS];
    unsigned ports_n;
};

static const struct mf_order_word *
find_exactly(const struct mf_mention_search *search, struct mf_span word)
{
    char name[WORD_BYTES];

    if (word.length < 2 || word.length >= sizeof name)
        return NULL;
    for (size_t i = 0; i < word.length; i++)
        name[i] = g_ascii_tolower(word.data[i]);
    name[word.length] = '\0';
    return g_hash_table_lookup(search->finder->orders, name);
}

static size_t
digits_at_end(struct mf_span word)
{
    size_t n = 0;

    while (n < word.length && g_ascii_isdigit(word.data[word.length - 1 - n]))
        n++;
    return n;
}

static unsigned
number_of(struct mf_span word)
{
    unsigned value = 0;

    for (size_t i = 0; i < word.length && value <= 65535; i++)
        value = value * 10 + (word.data[i] - '0');
    return value;
}

/* "lsass", "lsass1025", "lsass_445", "ms08-067": the exploit, and the port that its name tells
 * (0: none). */
static const struct mf_order_word *
find_hole(const struct mf_mention_search *search, struct mf_span word, unsigned *port)
{
    const struct mf_order_word *row = find_exactly(search, word);
    const size_t digits = digits_at_end(word);
    struct mf_span base = {word.data, word.length - digits};

    *port = 0;
    if (row != NULL)
        return row->meaning == MF_ORDER_EXPLOIT || row->meaning == MF_ORDER_SERVICE ? row : NULL;
    if (base.length > 0 && strchr("_-:", base.data[base.length - 1]) != NULL)
        base.length--;
    row = find_exactly(search, base);
    if (row == NULL || digits == 0 ||
        (row->meaning != MF_ORDER_EXPLOIT && row->meaning != MF_ORDER_SERVICE))
        return NULL;
    *port = digits > 1 && word.data[word.length - digits] != '0'
                ? number_of(mf_span_skip(word, word.length - digits))
                : 0;
    *port = *port > 65535 || digits > 5 ? 0 : *port;
    return row;
}

static void
add_port(struct order *order, unsigned port)
{
    if (port == 0 || port > 65535 || order->ports_n == MF_MENTION_PORTS)
        return;
    for (unsigned i = 0; i < order->ports_n; i++)
        if (order->ports[i] == port)
            return;
    order->ports[order->ports_n++] = (uint16_t)port;
}

static void
add_hole(struct order *order, const struct mf_order_word *row, unsigned port)
{
    if (port != 0) {
        add_port(order, port);
        return;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(row->ports); i++)
        add_port(order, row->ports[i]);
}

/* What an argument of an order can be: number or list of numbers, flag, address or mask. */
static bool
is_numeric(struct mf_span word)
{
    for (size_t i = 0; i < word.length; i++)
        if (!g_ascii_isdigit(word.data[i]) && (i == 0 || strchr(",-", word.data[i]) == NULL))
            return false;
    return word.length > 0;
}

static bool
is_flag(struct mf_span word)
{
    return word.length >= 2 && word.data[0] == '-' && g_ascii_isalpha(word.data[1]);
}

static bool
is_mask(struct mf_span word)
{
    unsigned points = 0;

    for (size_t i = 0; i < word.length; i++) {
        points += word.data[i] == '.';
        if (strchr("0123456789.xX*/-", word.data[i]) == NULL || word.data[i] == '\0')
            return false;
    }
    return points > 0 && word.length > 2;
}

static bool
is_state(const struct order *order, struct mf_span word)
{
    const struct mf_order_word *row = find_exactly(order->search, word);

    return row != NULL && row->meaning == MF_ORDER_STATE;
}

static bool
is_hole(const struct order *order, struct mf_span word)
{
    unsigned port;

    return find_hole(order->search, word, &port) != NULL;
}

static bool
is_argument(const struct order *order, struct mf_span word)
{
    return is_numeric(word) || is_flag(word) || is_mask(word) || is_hole(order, word);
}

/* Whether all words from FIRST on could stand in an order; NUMBERS: how many are no state. */
static bool
are_arguments(const struct order *order, unsigned first, unsigned *numbers)
{
    bool after_flag = false;

    *numbers = 0;
    for (unsigned i = first; i < order->n; i++) {
        const bool argument = is_argument(order, order->word[i]);

        if (!argument && !after_flag && !is_state(order, order->word[i]))
            return false;
        *numbers += argument;
        after_flag = is_flag(order->word[i]);
    }
    return true;
}

/* The ports of "445", "22,23" or "22-25". */
static void
add_list(struct order *order, struct mf_span word)
{
    while (word.length > 0) {
        size_t n = 0;

        while (n < word.length && g_ascii_isdigit(word.data[n]))
            n++;
        add_port(order, number_of((struct mf_span){word.data, n}));
        word = mf_span_skip(word, n + 1);
    }
}

/* "-p22" and "-p 22". */
static bool
add_flagged(struct order *order, unsigned first)
{
    bool found = false;

    for (unsigned i = first; i < order->n; i++) {
        struct mf_span word = order->word[i];

        if (word.length < 2 || word.data[0] != '-' || word.data[1] != 'p')
            continue;
        word = word.length > 2    ? mf_span_skip(word, 2)
               : i + 1 < order->n ? order->word[i + 1]
                                  : (struct mf_span){word.data, 0};
        if (!is_numeric(word))
            continue;
        add_list(order, word);
        found = true;
    }
    return found;
}

/* The ports that the arguments from FIRST on name: those of services; else of a flag; else the
 * first number, and behind an address the two ends of a range. A number alone behind a service is
 * the port where that one listens. */
static void
add_arguments(struct order *order, unsigned first)
{
    unsigned holes = 0, numbers = 0;
    struct mf_span number[2] = {{NULL, 0}, {NULL, 0}};
    bool mask = false;

    for (unsigned i = first; i < order->n; i++) {
        unsigned port;
        const struct mf_order_word *row = find_hole(order->search, order->word[i], &port);

        if (row != NULL) {
            add_hole(order, row, port);
            holes++;
        } else if (is_numeric(order->word[i])) {
            if (numbers < G_N_ELEMENTS(number))
                number[numbers] = order->word[i];
            numbers++;
        } else {
            mask = mask || (numbers == 0 && is_mask(order->word[i]));
        }
    }
    if (add_flagged(order, first) || numbers == 0)
        return;
    if ((holes == 0 && order->ports_n == 0) || (holes > 0 && numbers == 1))
        add_list(order, number[0]);
    if (mask && numbers == 2 && holes == 0)
        add_list(order, number[1]);
}

/* Whether WORD is a verb: "scan", "scan.start", "msn.spread"; not "scan.stop". */
static const struct mf_order_word *
find_verb(struct order *order, struct mf_span word, bool *dotted)
{
    const struct mf_order_word *verb = NULL;
    bool good = true;
    size_t n;

    *dotted = false;
    for (; word.length > 0; word = mf_span_skip(word, n + 1)) {
        const struct mf_span part = {word.data, n = mf_span_index(word, '.')};
        const struct mf_order_word *row = find_exactly(order->search, part);

        *dotted = *dotted || n < word.length;
        if (row != NULL && row->meaning <= MF_ORDER_JARGON)
            verb = row;
        else if (verb != NULL)
            good = good && row != NULL && row->meaning == MF_ORDER_STATE;
    }
    return good ? verb : NULL;
}

/* Splits TEXT; what is over WORDS is left out. */
static void
split(struct order *order, struct mf_span text)
{
    while (order->n < WORDS && mf_span_take_word(&text, &order->word[order->n]))
        order->n++;
}

/* Signs before a command; takes them off. */
static bool
take_sign(struct mf_span *word)
{
    const struct mf_span whole = *word;

    while (word->length > 0 && word->data[0] > 0x20 && word->data[0] < 0x7f &&
           !g_ascii_isalnum(word->data[0]) && strchr("[(<{\"'", word->data[0]) == NULL &&
           whole.length - word->length < 3)
        *word = mf_span_skip(*word, 1);
    return word->length < whole.length;
}

/* The order whose verb or service is word FIRST. SIGN: a command's sign stood before it. */
static bool
is_order(struct order *order, unsigned first, bool sign)
{
    bool dotted;
    unsigned numbers, port;
    const struct mf_order_word *row = find_verb(order, order->word[first], &dotted);
    const bool arguments = are_arguments(order, first + 1, &numbers);

    if (row != NULL) {
        if (!sign && !(order->n == 1 && row->meaning != MF_ORDER_VERB) &&
            !(arguments && (numbers > 0 || dotted)) &&
            !(row->meaning == MF_ORDER_JARGON && first + 1 < order->n &&
              is_argument(order, order->word[first + 1])))
            return false;
        if (sign && row->meaning != MF_ORDER_JARGON && first + 1 < order->n && !arguments &&
            !is_argument(order, order->word[first + 1]) && !is_state(order, order->word[first + 1]))
            return false;
        add_hole(order, row, 0);
        add_arguments(order, first + 1);
        return true;
    }
    row = find_hole(order->search, order->word[first], &port);
    if (row == NULL || !arguments || numbers < 2 || (row->meaning == MF_ORDER_SERVICE && !sign))
        return false;
    add_hole(order, row, port);
    add_flagged(order, first + 1);
    return true;
}

static void
keep(struct mf_mention_search *search, const struct order *order, struct mf_span text)
{
    struct mf_mention mention = {.kind = MF_MENTION_SCAN, .text = text};

    memcpy(mention.scan_ports, order->ports, sizeof mention.scan_ports);
    mention.end = (size_t)(text.data + text.length - search->data);
    mention.open = memchr(text.data, '|', search->end - (size_t)(text.data - search->data)) == NULL;
    mf_mention_keep(search, &mention);
}

/* Whether the order may begin with its second word: behind a password, a name or "!*". */
static bool
is_second(const struct order *order)
{
    const struct mf_order_word *row;
    unsigned port;

    if (order->n < 3)
        return false;
    if (mf_span_equals(order->word[0], "!*"))
        return true;
    if (!is_numeric(order->word[2]) && !is_flag(order->word[2]))
        return false;
    row = find_hole(order->search, order->word[1], &port);
    if (row == NULL)
        row = find_exactly(order->search, order->word[1]);
    return row != NULL && (row->meaning == MF_ORDER_EXPLOIT || row->meaning == MF_ORDER_JARGON);
}

/* One command: TEXT without what separates it from others. */
static void
read_command(struct mf_mention_search *search, struct mf_span text)
{
    struct order order = {.search = search};
    const struct mf_span whole = text;
    bool sign;

    split(&order, text);
    if (order.n == 0)
        return;
    if (is_second(&order)) {
        sign = take_sign(&order.word[0]) && mf_span_equals(order.word[0], "");
        if (is_order(&order, 1, sign))
            keep(search, &order, whole);
        return;
    }
    sign = take_sign(&order.word[0]);
    if (order.word[0].length > 1 && is_order(&order, 0, sign))
        keep(search, &order, whole);
}

/* What mIRC and others put before text to colour it. */
static struct mf_span
skip_colours(struct mf_span text)
{
    while (text.length > 0 && text.data[0] <= 0x20) {
        const bool colour = text.data[0] == 0x03;

        text = mf_span_skip(text, 1);
        while (colour && text.length > 0 && (g_ascii_isdigit(text.data[0]) || text.data[0] == ','))
            text = mf_span_skip(text, 1);
    }
    return text;
}

static struct mf_span
trim_end(struct mf_span text)
{
    while (text.length > 0 && text.data[text.length - 1] <= 0x20)
        text.length--;
    return text;
}

void
mf_mention_read_orders(struct mf_mention_search *search)
{
    struct mf_span rest = {search->data + search->begin, search->end - search->begin};

    for (unsigned i = 0; i < SEGMENTS && rest.length > 0; i++) {
        const size_t n = mf_span_index(rest, '|');
        const struct mf_span part = trim_end(skip_colours((struct mf_span){rest.data, n}));

        if (part.length > 2)
            read_command(search, part);
        rest = mf_span_skip(rest, n + 1);
    }
}
