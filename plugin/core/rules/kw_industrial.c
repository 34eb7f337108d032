/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * modbus, dnp3_func, dnp3_ind, dnp3_obj, cip_service: numbers of which several make one condition.
 * Modbus rules count addresses from 1, the wire from 0.
 * https://docs.suricata.io/en/latest/rules/modbus-keyword.html and its neighbours
 */
#include "number_rows.h"
#include "set.h"

/* --- modbus (Modbus Application Protocol V1.1b3) --- */

enum { READS = 1, WRITES = 2 };
enum table { NO_TABLE, DISCRETES, COILS, INPUT, HOLDING };

static const struct {
    uint8_t function, access, table;
} accesses[] = {
    {1, READS, COILS},     {2, READS, DISCRETES},
    {3, READS, HOLDING},   {4, READS, INPUT},
    {5, WRITES, COILS},    {6, WRITES, HOLDING},
    {15, WRITES, COILS},   {16, WRITES, HOLDING},
    {22, WRITES, HOLDING}, {23, READS | WRITES, HOLDING},
};

enum category { ASSIGNED = 1, UNASSIGNED = 2, PUBLIC = 3, USER = 4, RESERVED = 8, ALL = 15 };

struct modbus {
    struct mf_number_test function, unit, address;
    uint8_t category, access, table;
    bool has_function, has_unit, has_address, negated;
};

static uint8_t
category_of(uint64_t function)
{
    static const uint8_t assigned[] = {1,  2,  3,  4,  5,  6,  7,  8,  11, 12,
                                       15, 16, 17, 20, 21, 22, 23, 24, 43};
    static const uint8_t reserved[] = {9, 10, 13, 14, 41, 42, 90, 91, 125, 126, 127};

    for (unsigned i = 0; i < sizeof reserved; i++)
        if (reserved[i] == function)
            return RESERVED;
    if ((function >= 65 && function <= 72) || (function >= 100 && function <= 110))
        return USER;
    for (unsigned i = 0; i < sizeof assigned; i++)
        if (assigned[i] == function)
            return ASSIGNED;
    return UNASSIGNED;
}

static bool
accesses_as(const struct modbus *modbus, uint64_t function)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(accesses); i++)
        if (accesses[i].function == function)
            return (accesses[i].access & modbus->access) != 0 &&
                   (modbus->table == NO_TABLE || modbus->table == accesses[i].table);
    return false;
}

/* Whether some address from FIRST to LAST passes. */
static bool
any_address(const struct mf_number_test *test, uint64_t first, uint64_t last)
{
    switch ((enum mf_compare)test->op) {
    case MF_COMPARE_EQ:
        return test->low >= first && test->low <= last;
    case MF_COMPARE_RANGE:
        return test->low + 1 <= last && first < test->high;
    default:
        return mf_number_test_holds(test, first) || mf_number_test_holds(test, last);
    }
}

static bool
address_holds(const struct modbus *modbus, const struct mf_message *message)
{
    const struct mf_buffer *address = mf_message_find(message, MF_BUF_MODBUS_ADDRESS);
    uint64_t quantity = mf_message_number(message, MF_BUF_MODBUS_QUANTITY, 1);

    return address != NULL &&
           any_address(&modbus->address, address->number + 1, address->number + MAX(quantity, 1));
}

static bool
modbus_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct modbus *modbus = condition->as.data;
    const struct mf_message *message = context->message;
    const struct mf_buffer *function =
        message != NULL ? mf_message_find(message, MF_BUF_MODBUS_FUNCTION) : NULL;

    if (function == NULL ||
        (modbus->has_unit &&
         !mf_number_test_holds(&modbus->unit, mf_message_number(message, MF_BUF_MODBUS_UNIT, 0))))
        return false;
    if (modbus->has_function && !mf_number_test_holds(&modbus->function, function->number))
        return false;
    if (modbus->category != 0 &&
        ((category_of(function->number) & modbus->category) != 0) == modbus->negated)
        return false;
    if (modbus->access != 0 && !accesses_as(modbus, function->number))
        return false;
    return !modbus->has_address || address_holds(modbus, message);
}

static bool
parse_function(struct mf_parser *parser, struct mf_token text, struct modbus *modbus)
{
    static const struct mf_number_name categories[] = {{"assigned", ASSIGNED},
                                                       {"unassigned", UNASSIGNED},
                                                       {"public", PUBLIC},
                                                       {"user", USER},
                                                       {"reserved", RESERVED},
                                                       {"all", ALL},
                                                       {NULL, 0}};
    static const struct mf_number_kind kind = {.max = UINT8_MAX};
    struct mf_token name = text;
    uint64_t category;

    modbus->negated = mf_token_negated(&name);
    if (mf_number_name_find(categories, name, &category)) {
        modbus->category = (uint8_t)category;
        return true;
    }
    modbus->has_function = true;
    return mf_number_test_parse(parser, text, &kind, &modbus->function);
}

static bool
parse_access(struct mf_parser *parser, struct mf_token text, struct modbus *modbus)
{
    static const struct mf_number_name kinds[] = {{"read", READS}, {"write", WRITES}, {NULL, 0}};
    static const struct mf_number_name tables[] = {{"discretes", DISCRETES},
                                                   {"coils", COILS},
                                                   {"input", INPUT},
                                                   {"holding", HOLDING},
                                                   {NULL, 0}};
    struct mf_token rest = text, word;
    uint64_t value;

    mf_token_next(&rest, ' ', &word);
    if (!mf_number_name_find(kinds, word, &value))
        return mf_parser_fail(parser, word.text, "expected read or write");
    modbus->access = (uint8_t)value;
    if (rest.text == NULL)
        return true;
    if (!mf_number_name_find(tables, mf_token_trim(rest), &value))
        return mf_parser_fail(parser, rest.text, "expected discretes, coils, input or holding");
    modbus->table = (uint8_t)value;
    return true;
}

static bool
parse_number(struct mf_parser *parser, struct mf_token text, struct mf_number_test *test, bool *has)
{
    static const struct mf_number_kind kind = {.max = UINT16_MAX + 1};

    *has = true;
    return mf_number_test_parse(parser, text, &kind, test);
}

/* SETTING VALUE[, ...] */
static bool
parse_modbus(struct mf_parser *parser, struct mf_token part, struct modbus *modbus)
{
    struct mf_token rest = part, word;

    mf_token_next(&rest, ' ', &word);
    if (rest.text == NULL)
        return mf_parser_fail(parser, word.text, "expected a value after '%.*s'",
                              (int)MIN(word.length, 40), word.text);
    rest = mf_token_trim(rest);
    if (mf_token_is(word, "function"))
        return parse_function(parser, rest, modbus);
    if (mf_token_is(word, "access"))
        return parse_access(parser, rest, modbus);
    if (mf_token_is(word, "unit"))
        return parse_number(parser, rest, &modbus->unit, &modbus->has_unit);
    if (mf_token_is(word, "address"))
        return parse_number(parser, rest, &modbus->address, &modbus->has_address);
    return mf_parser_fail(parser, word.text, "modbus does not support '%.*s'",
                          (int)MIN(word.length, 40), word.text);
}

static bool
modbus_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const enum mf_buffer_id read[] = {MF_BUF_MODBUS_UNIT, MF_BUF_MODBUS_ADDRESS,
                                             MF_BUF_MODBUS_QUANTITY};
    struct mf_condition condition = {.run = modbus_run, .destroy = g_free};
    struct mf_token rest = option->value, part;
    struct modbus modbus = {.category = 0};

    while (mf_token_next(&rest, ',', &part))
        if (!parse_modbus(parser, part, &modbus))
            return false;
    for (unsigned i = 0; i < G_N_ELEMENTS(read); i++)
        parser->context->set->wanted[read[i]] = 1;
    condition.as.data = g_memdup2(&modbus, sizeof modbus);
    return mf_parser_ask_message(parser, option, &condition, MF_BUF_MODBUS_FUNCTION);
}

/* --- DNP3 (IEEE 1815) --- */

static const struct mf_number_name dnp3_indicators[] = {
    {"all_stations", 0x100},
    {"class_1_events", 0x200},
    {"class_2_events", 0x400},
    {"class_3_events", 0x800},
    {"need_time", 0x1000},
    {"local_control", 0x2000},
    {"device_trouble", 0x4000},
    {"device_restart", 0x8000},
    {"no_func_code_support", 0x1},
    {"object_unknown", 0x2},
    {"parameter_error", 0x4},
    {"event_buffer_overflow", 0x8},
    {"already_executing", 0x10},
    {"config_corrupt", 0x20},
    {"reserved_2", 0x40},
    {"reserved_1", 0x80},
    {NULL, 0},
};

/* Whether one of the bits is set. */
static bool
indicators_run(const struct mf_condition *condition, const struct mf_context *context)
{
    return context->message != NULL &&
           (mf_message_number(context->message, MF_BUF_DNP3_INDICATORS, 0) &
            condition->as.number.low) != 0;
}

static bool
indicators_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = indicators_run};
    struct mf_token rest = option->value, name;
    uint64_t bit;

    while (mf_token_next(&rest, ',', &name)) {
        if (!mf_number_name_find(dnp3_indicators, name, &bit))
            return mf_parser_fail(parser, name.text, "unknown indicator '%.*s'",
                                  (int)MIN(name.length, 40), name.text);
        condition.as.number.low |= bit;
    }
    return mf_parser_ask_message(parser, option, &condition, MF_BUF_DNP3_INDICATORS);
}

static bool
object_run(const struct mf_condition *condition, const struct mf_context *context)
{
    uint64_t objects[MF_NUMBERS_MAX];
    unsigned n = context->message != NULL
                     ? mf_numbers_of_buffer(context->message, MF_BUF_DNP3_OBJECT, objects)
                     : 0;

    for (unsigned i = 0; i < n; i++)
        if (objects[i] == condition->as.number.low)
            return true;
    return false;
}

/* GROUP,VARIATION */
static bool
object_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = object_run};
    struct mf_token rest = option->value, group;
    int64_t number, variation;

    mf_token_next(&rest, ',', &group);
    if (rest.text == NULL)
        return mf_parser_fail(parser, group.text, "expected GROUP,VARIATION");
    if (!mf_token_number(parser, group, 0, UINT8_MAX, &number) ||
        !mf_token_number(parser, mf_token_trim(rest), 0, UINT8_MAX, &variation))
        return false;
    condition.as.number.low = (uint64_t)(number << 8 | variation);
    return mf_parser_ask_message(parser, option, &condition, MF_BUF_DNP3_OBJECT);
}

/* --- CIP --- */

enum { CIP_PARTS = 3 };

static const enum mf_buffer_id cip_buffers[CIP_PARTS] = {MF_BUF_CIP_SERVICE, MF_BUF_CIP_CLASS,
                                                         MF_BUF_CIP_ATTRIBUTE};

struct cip {
    unsigned n;
    uint32_t values[CIP_PARTS];
};

static bool
cip_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct cip *cip = condition->as.data;
    uint64_t values[MF_NUMBERS_MAX];

    for (unsigned part = 0; part < cip->n; part++) {
        bool found = false;
        unsigned n = context->message != NULL
                         ? mf_numbers_of_buffer(context->message, cip_buffers[part], values)
                         : 0;

        for (unsigned i = 0; i < n && !found; i++)
            found = values[i] == cip->values[part];
        if (!found)
            return false;
    }
    return true;
}

/* SERVICE[,CLASS[,ATTRIBUTE]] */
static bool
cip_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = cip_run, .destroy = g_free};
    struct mf_token rest = option->value, part;
    struct cip cip = {.n = 0};
    int64_t number;

    while (mf_token_next(&rest, ',', &part)) {
        if (cip.n == CIP_PARTS)
            return mf_parser_fail(parser, part.text, "expected at most %d numbers", CIP_PARTS);
        if (!mf_token_number(parser, part, 0, cip.n == 0 ? INT8_MAX : UINT16_MAX, &number))
            return false;
        parser->context->set->wanted[cip_buffers[cip.n]] = 1;
        cip.values[cip.n++] = (uint32_t)number;
    }
    condition.as.data = g_memdup2(&cip, sizeof cip);
    return mf_parser_ask_message(parser, option, &condition, MF_BUF_CIP_SERVICE);
}

static const struct mf_keyword rows[] = {
    {"cip_service", MF_VALUE_REQUIRED, cip_parse},
    {"dnp3_ind", MF_VALUE_REQUIRED, indicators_parse},
    {"dnp3_obj", MF_VALUE_REQUIRED, object_parse},
    {"modbus", MF_VALUE_REQUIRED, modbus_parse},
};

const struct mf_keyword_family mf_keywords_industrial = {rows, G_N_ELEMENTS(rows)};
