/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * requires: a rule says what an engine must be to understand it. One that asks for more is left out
 * without a word, also when its other keywords are unknown to us (parse.c).
 * https://docs.suricata.io/en/latest/rules/meta.html#requires
 */
#include "keyword.h"
#include "set.h"

#include <string.h>

/* The language that we speak is that of this version. */
static const unsigned our_version[] = {9, 0, 0};

/* Of Suricata's features (suricata --build-info), those that rules can tell apart here. */
static const char *const features[] = {"hassh", "ja3", "ja4"};

/* --- versions --- */

/* Reads 9, 9.0 or 9.0.1. */
static bool
parse_version(struct mf_token text, unsigned version[3])
{
    struct mf_token part;
    unsigned n = 0;

    version[0] = version[1] = version[2] = 0;
    while (mf_token_next(&text, '.', &part)) {
        if (n == 3 || part.length == 0 || part.length > 6)
            return false;
        for (size_t i = 0; i < part.length; i++) {
            if (!g_ascii_isdigit(part.text[i]))
                return false;
            version[n] = version[n] * 10 + (unsigned)(part.text[i] - '0');
        }
        n++;
    }
    return true;
}

static int
compare_to_ours(const unsigned version[3])
{
    for (unsigned i = 0; i < 3; i++)
        if (our_version[i] != version[i])
            return our_version[i] < version[i] ? -1 : 1;
    return 0;
}

static const struct {
    const char *name;
    int wanted[2]; /* results of compare_to_ours() */
} operators[] = {
    {">=", {0, 1}}, {"<=", {-1, 0}}, {"==", {0, 0}}, {">", {1, 1}}, {"<", {-1, -1}}, {"=", {0, 0}},
};

/* Takes ">= 8.0.3" off the front of *REST. */
static bool
comparison_holds(struct mf_token *rest, bool *holds)
{
    unsigned i = 0, version[3];
    struct mf_token number;
    int result;

    while (i < G_N_ELEMENTS(operators) &&
           (rest->length < strlen(operators[i].name) ||
            memcmp(rest->text, operators[i].name, strlen(operators[i].name)) != 0))
        i++;
    if (i == G_N_ELEMENTS(operators))
        return false;
    rest->text += strlen(operators[i].name);
    rest->length -= strlen(operators[i].name);
    *rest = mf_token_trim(*rest);
    mf_token_next(rest, ' ', &number);
    *rest = rest->text != NULL ? mf_token_trim(*rest) : *rest;
    if (!parse_version(number, version))
        return false;
    result = compare_to_ours(version);
    *holds = result == operators[i].wanted[0] || result == operators[i].wanted[1];
    return true;
}

/* ">= 7.0.4 < 8 | >= 8.0.3" */
static bool
version_met(const struct mf_ruleset *set, struct mf_token value, const char **wrong)
{
    struct mf_token way;
    bool met = false;

    (void)set;
    while (mf_token_next(&value, '|', &way)) {
        bool all = true;

        if (way.length == 0)
            *wrong = way.text;
        while (way.length > 0 && *wrong == NULL) {
            const char *at = way.text;
            bool holds = false;

            if (!comparison_holds(&way, &holds))
                *wrong = at;
            all = all && holds;
        }
        met = met || all;
    }
    return met && *wrong == NULL;
}

/* --- features and keywords --- */

static bool
feature_met(const struct mf_ruleset *set, struct mf_token value, const char **wrong)
{
    (void)set;
    (void)wrong;
    for (unsigned i = 0; i < G_N_ELEMENTS(features); i++)
        if (mf_token_is(value, features[i]))
            return true;
    return false;
}

static bool
keyword_met(const struct mf_ruleset *set, struct mf_token value, const char **wrong)
{
    char *name = g_ascii_strdown(value.text, (gssize)value.length);
    bool met = mf_keywords_find(set->keywords, value) != NULL ||
               mf_sticky_find(set->slots, name) != NULL ||
               mf_sticky_find_modifier(set->slots, name) != NULL || mf_transform_is_known(name);

    (void)wrong;
    g_free(name);
    return met;
}

static const struct {
    const char *name;
    bool (*met)(const struct mf_ruleset *set, struct mf_token value, const char **wrong);
} requirements[] = {
    {"version", version_met},
    {"feature", feature_met},
    {"keyword", keyword_met},
};

/* What is not known cannot be met. */
static bool
requirement_met(const struct mf_ruleset *set, struct mf_token item, const char **wrong)
{
    struct mf_token name, value = item;

    mf_token_next(&value, ' ', &name);
    if (value.text == NULL) {
        *wrong = item.text;
        return false;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(requirements); i++)
        if (mf_token_is(name, requirements[i].name))
            return requirements[i].met(set, mf_token_trim(value), wrong);
    return false;
}

bool
mf_requires_met(const struct mf_ruleset *set, struct mf_token value, const char **wrong)
{
    struct mf_token item;
    bool met = true;

    *wrong = NULL;
    while (*wrong == NULL && mf_token_next(&value, ',', &item))
        met = requirement_met(set, item, wrong) && met;
    return met && *wrong == NULL;
}

bool
mf_parser_requires(struct mf_parser *parser, const struct mf_option *option)
{
    const char *wrong;

    if (mf_requires_met(parser->context->set, option->value, &wrong))
        return true;
    return mf_parser_fail(parser, wrong != NULL ? wrong : option->value.text,
                          "expected a requirement such as 'version >= 8.0.0'");
}
