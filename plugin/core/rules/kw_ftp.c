/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers and states of FTP. A command and its reply are one transaction: what is said of one holds
 * for both.
 * https://docs.suricata.io/en/latest/rules/ftp-keywords.html
 */
#include "ftp.h"
#include "number_rows.h"
#include "set.h"

static bool
command_of(const struct mf_context *context, struct mf_ftp_command *command)
{
    return context->message != NULL && context->message->layer == MF_BUF_FTP &&
           mf_ftp_command(context->state, context->message, command);
}

static bool
port_run(const struct mf_condition *condition, const struct mf_context *context)
{
    struct mf_ftp_command command;

    return command_of(context, &command) && command.mode != MF_FTP_NO_MODE && command.port != 0 &&
           mf_number_test_holds(&condition->as.number, command.port);
}

static bool
mode_run(const struct mf_condition *condition, const struct mf_context *context)
{
    struct mf_ftp_command command;

    return command_of(context, &command) && command.mode == condition->as.flags.want;
}

/* "No" is known for sure when the next command is sent. */
static bool
reply_received_run(const struct mf_condition *condition, const struct mf_context *context)
{
    struct mf_ftp_command command;

    if (!command_of(context, &command))
        return false;
    return condition->as.flags.want ? command.answered : command.unanswered && !command.answered;
}

static bool
ask(struct mf_parser *parser, const struct mf_option *option, const struct mf_condition *condition)
{
    static const enum mf_buffer_id read[] = {MF_BUF_FTP_COMMAND, MF_BUF_FTP_REPLY_CODE,
                                             MF_BUF_FTP_DYNAMIC_PORT};

    for (unsigned i = 0; i < G_N_ELEMENTS(read); i++)
        parser->context->set->wanted[read[i]] = 1;
    return mf_parser_ask_any_message(parser, option, condition, MF_BUF_FTP_DYNAMIC_PORT);
}

static bool
port_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_kind kind = {.max = UINT16_MAX};
    struct mf_condition condition = {.run = port_run};

    return mf_number_test_parse(parser, option->value, &kind, &condition.as.number) &&
           ask(parser, option, &condition);
}

static bool
parse_word(struct mf_parser *parser, const struct mf_option *option, mf_condition_run run,
           const struct mf_number_name *words)
{
    struct mf_condition condition = {.run = run};
    uint64_t value;

    if (!mf_number_name_find(words, option->value, &value))
        return mf_parser_fail(parser, option->value.text, "expected '%s' or the like, not '%.*s'",
                              words[0].name, (int)MIN(option->value.length, 40),
                              option->value.text);
    condition.as.flags.want = (uint8_t)value;
    return ask(parser, option, &condition);
}

static bool
mode_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_name words[] = {
        {"active", MF_FTP_ACTIVE}, {"passive", MF_FTP_PASSIVE}, {NULL, 0}};

    return parse_word(parser, option, mode_run, words);
}

static bool
reply_received_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const struct mf_number_name words[] = {{"yes", 1},   {"no", 0}, {"true", 1},
                                                  {"false", 0}, {"on", 1}, {"off", 0},
                                                  {"1", 1},     {"0", 0},  {NULL, 0}};

    return parse_word(parser, option, reply_received_run, words);
}

static const struct mf_keyword rows[] = {
    {"ftp.dynamic_port", MF_VALUE_REQUIRED, port_parse},
    {"ftp.mode", MF_VALUE_REQUIRED, mode_parse},
    {"ftp.reply_received", MF_VALUE_REQUIRED, reply_received_parse},
};

const struct mf_keyword_family mf_keywords_ftp = {rows, G_N_ELEMENTS(rows)};
