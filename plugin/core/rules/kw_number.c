/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Comparisons of numbers that Wireshark dissected (number_rows.c). A comparison is a condition on
 * the message, since it may be about all of its numbers ("all", "the last", "more than three"); a
 * step that always holds ties the rule to the messages that have such a number.
 * https://docs.suricata.io/en/latest/rules/integer-keywords.html
 */
#include "keyword.h"
#include "number_rows.h"
#include "set.h"

#include <string.h>

/* Which of several numbers is meant. */
enum which { ANY, OR_ABSENT, ALL, ALL_OR_ABSENT, AT, HOW_MANY, COUNT };

struct asked {
    struct mf_number_test test;
    struct mf_number_test count; /* HOW_MANY hold, COUNT of all */
    const struct mf_number_row *row;
    uint8_t which;
    bool sliced;
    int32_t at;         /* from the end where below 0 */
    int32_t begin, end; /* of the slice */
};

unsigned
mf_numbers_of_buffer(const struct mf_message *message, unsigned id, uint64_t values[MF_NUMBERS_MAX])
{
    unsigned n = 0;

    for (unsigned i = 0; i < message->n_buffers && n < MF_NUMBERS_MAX; i++)
        if (message->buffers[i].id == id)
            values[n++] = message->buffers[i].number;
    return n;
}

/* POSITION of N, from the end where below 0; N when there is none. */
static unsigned
place(int32_t position, unsigned n)
{
    int64_t at = position < 0 ? (int64_t)n + position : position;

    return at < 0 || at > n ? n : (unsigned)at;
}

static unsigned
count_holding(const struct mf_number_test *test, const uint64_t *values, unsigned n)
{
    unsigned holding = 0;

    for (unsigned i = 0; i < n; i++)
        holding += mf_number_test_holds(test, values[i]);
    return holding;
}

static bool
holds(const struct asked *asked, const uint64_t *values, unsigned n)
{
    unsigned holding = count_holding(&asked->test, values, n);

    switch ((enum which)asked->which) {
    case ANY:
        return holding > 0;
    case OR_ABSENT:
        return holding > 0 || n == 0;
    case ALL:
        return n > 0 && holding == n;
    case ALL_OR_ABSENT:
        return holding == n;
    case AT:
        return place(asked->at, n) < n &&
               mf_number_test_holds(&asked->test, values[place(asked->at, n)]);
    case HOW_MANY:
        return mf_number_test_holds(&asked->count, holding);
    case COUNT:
        return mf_number_test_holds(&asked->count, n);
    }
    return false;
}

/* The LAYER that buffer ID belongs to: the one before it in the list of buffers. */
static unsigned
layer_of(unsigned id)
{
    while (id > 0 && mf_buffer_kind((enum mf_buffer_id)id) != MF_KIND_LAYER)
        id--;
    return id;
}

static bool
number_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct asked *asked = condition->as.data;
    const struct mf_message *message = context->message;
    struct mf_message whole;
    uint64_t numbers[MF_NUMBERS_MAX], *values = numbers;
    unsigned n;

    if (asked->row->of_packet) {
        whole = (struct mf_message){.packet = context->packet,
                                    .layer = MF_BUFFER_COUNT,
                                    .buffers = context->packet->buffers,
                                    .n_buffers = context->packet->n_buffers};
        message = &whole;
    }
    if (message == NULL)
        return false;
    n = asked->row->numbers != NULL ? asked->row->numbers(message, asked->row, numbers)
                                    : mf_numbers_of_buffer(message, asked->row->id, numbers);
    if (n == 0 && !asked->row->of_packet && message->layer != layer_of(asked->row->id))
        return false;
    if (asked->sliced) {
        unsigned begin = place(asked->begin, n), end = place(asked->end, n);

        values += begin;
        n = end > begin ? end - begin : 0;
    }
    return holds(asked, values, n);
}

static enum mf_match
present_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    (void)matcher;
    (void)step;
    attempt->from = MF_TRY_LAST;
    attempt->end = attempt->cursor;
    return MF_MATCH_YES;
}

/* Whether it holds where there is no number. */
static bool
holds_when_absent(const struct asked *asked)
{
    return holds(asked, NULL, 0);
}

/* Ties the rule to messages with the buffer; what is read before and after stays as it was. */
static bool
tie(struct mf_parser *parser, const struct mf_option *option, unsigned id, bool or_absent)
{
    const struct mf_parser before = *parser;
    const struct mf_step step = {.run = present_run};
    struct mf_ruleset *set = parser->context->set;
    const struct mf_sticky *sticky =
        mf_sticky_find(set->slots, mf_buffer_name((enum mf_buffer_id)id));
    int slot = mf_slots_of(set->slots, sticky);

    if (slot < 0)
        return mf_parser_fail(parser, option->name.text, "too many different buffers");
    mf_parser_use_slot(parser, option, slot);
    if (!mf_parser_add_step(parser, option, &step))
        return false;
    if (or_absent)
        g_array_index(parser->parts, struct mf_part, parser->parts->len - 1).absent =
            MF_ABSENT_OR_ELSE;
    parser->slot = before.slot;
    parser->fresh = before.fresh;
    parser->slot_at = before.slot_at;
    parser->content = before.content;
    return true;
}

bool
mf_parser_ask_message(struct mf_parser *parser, const struct mf_option *option,
                      const struct mf_condition *condition, unsigned id)
{
    mf_parser_add_condition(parser, condition, false);
    return tie(parser, option, id, false);
}

bool
mf_parser_ask_any_message(struct mf_parser *parser, const struct mf_option *option,
                          const struct mf_condition *condition, unsigned id)
{
    mf_parser_add_condition(parser, condition, false);
    return tie(parser, option, id, true);
}

/* --- parsing --- */

static bool
take_word(struct mf_token *text, const char *word)
{
    size_t length = strlen(word);

    if (text->length < length || memcmp(text->text, word, length) != 0)
        return false;
    *text = mf_token_trim((struct mf_token){text->text + length, text->length - length});
    return true;
}

/* nb>3, 2:4, -1, all, ... */
static bool
parse_which(struct mf_parser *parser, struct mf_token text, struct asked *asked)
{
    static const struct mf_number_kind counts = {.max = UINT32_MAX};
    static const struct mf_number_name words[] = {
        {"any", ANY},
        {"all", ALL},
        {"all1", ALL},
        {"all_or_absent", ALL_OR_ABSENT},
        {"or_absent", OR_ABSENT},
        {NULL, 0},
    };
    struct mf_token first, second = text;
    uint64_t which;
    int64_t number, end;

    if (mf_number_name_find(words, text, &which)) {
        asked->which = (uint8_t)which;
        return true;
    }
    if (take_word(&text, "nb")) {
        asked->which = HOW_MANY;
        return mf_number_test_parse(parser, text, &counts, &asked->count);
    }
    mf_token_next(&second, ':', &first);
    if (!mf_token_number(parser, first, INT32_MIN, INT32_MAX, &number))
        return false;
    if (second.text == NULL) {
        asked->which = AT;
        asked->at = (int32_t)number;
        return true;
    }
    if (!mf_token_number(parser, mf_token_trim(second), INT32_MIN, INT32_MAX, &end))
        return false;
    asked->sliced = true;
    asked->begin = (int32_t)number;
    asked->end = (int32_t)end;
    return true;
}

/* VALUE[,which[,slice]], or count VALUE. */
static bool
parse_multi(struct mf_parser *parser, struct mf_token text, struct asked *asked)
{
    static const struct mf_number_kind counts = {.max = UINT32_MAX};
    struct mf_token part;

    if (take_word(&text, "count ")) {
        asked->which = COUNT;
        return mf_number_test_parse(parser, text, &counts, &asked->count);
    }
    mf_token_next(&text, ',', &part);
    if (!mf_number_test_parse(parser, part, &asked->row->kind, &asked->test))
        return false;
    while (mf_token_next(&text, ',', &part))
        if (!parse_which(parser, part, asked))
            return false;
    return true;
}

static const struct mf_number_row *
row_of(struct mf_token name)
{
    for (unsigned i = 0; i < mf_n_number_rows; i++)
        if (mf_token_is(name, mf_number_rows[i].keyword.name))
            return &mf_number_rows[i];
    return NULL;
}

bool
mf_number_keyword_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = number_run, .destroy = g_free};
    struct asked asked = {.row = row_of(option->name)};
    struct mf_token value = option->value;
    char first = value.text[0];

    if (asked.row->names_only && !g_ascii_isalpha(first) && first != '!')
        return mf_parser_fail(parser, value.text, "expected names; other bits are not known");
    if (asked.row->multi ? !parse_multi(parser, value, &asked)
                         : !mf_number_test_parse(parser, value, &asked.row->kind, &asked.test))
        return false;
    if (asked.row->also != 0)
        parser->context->set->wanted[asked.row->also] = 1;
    condition.as.data = g_memdup2(&asked, sizeof asked);
    mf_parser_add_condition(parser, &condition, asked.row->of_packet);
    if (asked.row->of_packet)
        parser->context->set->wanted[asked.row->id] = 1;
    return asked.row->of_packet || tie(parser, option, asked.row->id, holds_when_absent(&asked));
}
