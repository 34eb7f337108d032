/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keywords of which the value says what is meant, and then which number: http2.settings and
 * ike.chosen_sa_attribute; and krb5.ticket_encryption, of names.
 * https://docs.suricata.io/en/latest/rules/http2-keywords.html, .../ike-keywords.html,
 * .../kerberos-keywords.html
 */
#include "number_rows.h"
#include "set.h"

#include <string.h>

/* A name, and the rest from the first sign of a comparison on. */
static struct mf_token
cut_name(struct mf_token *rest)
{
    struct mf_token name = *rest;

    name.length = 0;
    while (name.length < rest->length && strchr("=<>!&", rest->text[name.length]) == NULL)
        name.length++;
    rest->text += name.length;
    rest->length -= name.length;
    return mf_token_trim(name);
}

/* --- http2.settings:NAME OP VALUE (RFC 9113, 6.5.2) --- */

struct setting {
    uint64_t id;
    struct mf_number_test test;
};

/* A value follows its id. */
static bool
setting_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct setting *setting = condition->as.data;
    const struct mf_message *message = context->message;
    bool is_meant = false;

    for (unsigned i = 0; message != NULL && i < message->n_buffers; i++) {
        const struct mf_buffer *buffer = &message->buffers[i];

        if (buffer->id == MF_BUF_HTTP2_SETTING)
            is_meant = buffer->number == setting->id;
        else if (buffer->id == MF_BUF_HTTP2_SETTING_VALUE && is_meant &&
                 mf_number_test_holds(&setting->test, buffer->number))
            return true;
    }
    return false;
}

static bool
setting_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_name names[] = {
        {"settings_header_table_size", 1},       {"settings_enable_push", 2},
        {"settings_max_concurrent_streams", 3},  {"settings_initial_window_size", 4},
        {"settings_max_frame_size", 5},          {"settings_max_header_list_size", 6},
        {"settings_enable_connect_protocol", 8}, {NULL, 0},
    };
    static const struct mf_number_kind kind = {.max = UINT32_MAX};
    struct mf_condition condition = {.run = setting_run, .destroy = g_free};
    struct mf_token rest = option->value, name = cut_name(&rest);
    struct setting setting = {.test.op = MF_COMPARE_GE}; /* any value */

    if (!mf_number_name_find(names, name, &setting.id))
        return mf_parser_fail(parser, name.text, "unknown setting '%.*s'",
                              (int)MIN(name.length, 40), name.text);
    if (rest.length > 0 && !mf_number_test_parse(parser, rest, &kind, &setting.test))
        return false;
    parser->context->set->wanted[MF_BUF_HTTP2_SETTING] = 1;
    condition.as.data = g_memdup2(&setting, sizeof setting);
    return mf_parser_ask_message(parser, option, &condition, MF_BUF_HTTP2_SETTING_VALUE);
}

/* --- ike.chosen_sa_attribute:NAME=VALUE (RFC 2409) --- */

struct attribute {
    unsigned id;
    struct mf_number_test test;
};

/* What the responder sends is what it chose. */
static bool
attribute_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct attribute *attribute = condition->as.data;
    uint64_t values[MF_NUMBERS_MAX];
    unsigned n = context->message != NULL && context->direction == MF_RESP
                     ? mf_numbers_of_buffer(context->message, attribute->id, values)
                     : 0;

    for (unsigned i = 0; i < n; i++)
        if (mf_number_test_holds(&attribute->test, values[i]))
            return true;
    return false;
}

static bool
attribute_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_name names[] = {
        {"alg_enc", MF_BUF_IKE_ALG_ENC},
        {"alg_hash", MF_BUF_IKE_ALG_HASH},
        {"alg_auth", MF_BUF_IKE_ALG_AUTH},
        {"alg_dh", MF_BUF_IKE_ALG_DH},
        {"sa_key_length", MF_BUF_IKE_KEY_LENGTH},
        {"sa_life_type", MF_BUF_IKE_LIFE_TYPE},
        {"sa_life_duration", MF_BUF_IKE_LIFE_DURATION},
        {NULL, 0},
    };
    static const struct mf_number_kind kind = {.max = UINT32_MAX};
    struct mf_condition condition = {.run = attribute_run, .destroy = g_free};
    struct mf_token rest = option->value, name = cut_name(&rest);
    struct attribute attribute;
    uint64_t id;

    if (!mf_number_name_find(names, name, &id))
        return mf_parser_fail(parser, name.text, "the attribute '%.*s' is not supported",
                              (int)MIN(name.length, 40), name.text);
    if (!mf_number_test_parse(parser, rest, &kind, &attribute.test))
        return false;
    attribute.id = (unsigned)id;
    condition.as.data = g_memdup2(&attribute, sizeof attribute);
    return mf_parser_ask_message(parser, option, &condition, attribute.id);
}

/* --- krb5.ticket_encryption (RFC 3961, 4757, 8009) --- */

static const struct mf_number_name encryptions[] = {
    {"des-cbc-crc", 1},
    {"des-cbc-md4", 2},
    {"des-cbc-md5", 3},
    {"des3-cbc-md5", 5},
    {"des3-cbc-sha1", 7},
    {"dsawithsha1-cmsoid", 9},
    {"md5withrsaencryption-cmsoid", 10},
    {"sha1withrsaencryption-cmsoid", 11},
    {"rc2cbc-envoid", 12},
    {"rsaencryption-envoid", 13},
    {"rsaes-oaep-env-oid", 14},
    {"des-ede3-cbc-env-oid", 15},
    {"des3-cbc-sha1-kd", 16},
    {"aes128-cts-hmac-sha1-96", 17},
    {"aes256-cts-hmac-sha1-96", 18},
    {"aes128-cts-hmac-sha256-128", 19},
    {"aes256-cts-hmac-sha384-192", 20},
    {"rc4-hmac", 23},
    {"rc4-hmac-exp", 24},
    {"camellia128-cts-cmac", 25},
    {"camellia256-cts-cmac", 26},
    {"subkey-keymaterial", 65},
    {NULL, 0},
};

/* A bit per number below 32; all of them weak enough to be broken. */
#define WEAK (1u << 1 | 1u << 2 | 1u << 3 | 1u << 23 | 1u << 24)

struct encryption {
    unsigned n;
    bool weak, strong, negated;
    uint8_t values[];
};

static bool
is_listed(const struct encryption *wanted, uint64_t value)
{
    for (unsigned i = 0; i < wanted->n; i++)
        if (wanted->values[i] == value)
            return true;
    return false;
}

static bool
encryption_run(const struct mf_condition *condition, const struct mf_context *context)
{
    const struct encryption *wanted = condition->as.data;
    const struct mf_buffer *used =
        context->message != NULL ? mf_message_find(context->message, MF_BUF_KRB5_TICKET_ENCRYPTION)
                                 : NULL;
    bool is_weak;

    if (used == NULL)
        return false;
    is_weak = used->number < 32 && (WEAK >> used->number & 1) != 0;
    if (wanted->weak || wanted->strong)
        return is_weak == wanted->weak;
    return is_listed(wanted, used->number) != wanted->negated;
}

static bool
parse_encryption(struct mf_parser *parser, struct mf_token text, struct encryption *wanted)
{
    uint64_t value;
    int64_t number;

    if (mf_token_is(text, "weak"))
        return wanted->weak = true;
    if (mf_token_is(text, "strong"))
        return wanted->strong = true;
    if (!mf_number_name_find(encryptions, text, &value)) {
        if (text.length == 0 || !g_ascii_isdigit(text.text[0]))
            return mf_parser_fail(parser, text.text, "unknown encryption '%.*s'",
                                  (int)MIN(text.length, 40), text.text);
        if (!mf_token_number(parser, text, 0, UINT8_MAX, &number))
            return false;
        value = (uint64_t)number;
    }
    wanted->values[wanted->n++] = (uint8_t)value;
    return true;
}

/* [!]NAME[,NAME...], weak, strong */
static bool
encryption_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_condition condition = {.run = encryption_run, .destroy = g_free};
    struct mf_token rest = option->value, part;
    struct encryption *wanted = g_malloc0(sizeof *wanted + rest.length + 1);
    bool good = true;

    condition.as.data = wanted;
    wanted->negated = mf_token_negated(&rest);
    while (good && mf_token_next(&rest, ',', &part))
        good = parse_encryption(parser, part, wanted);
    return mf_parser_ask_message(parser, option, &condition, MF_BUF_KRB5_TICKET_ENCRYPTION) && good;
}

static const struct mf_keyword rows[] = {
    {"http2.settings", MF_VALUE_REQUIRED, setting_parse},
    {"ike.chosen_sa_attribute", MF_VALUE_REQUIRED, attribute_parse},
    {"krb5.ticket_encryption", MF_VALUE_REQUIRED, encryption_parse},
};

const struct mf_keyword_family mf_keywords_pairs = {rows, G_N_ELEMENTS(rows)};
