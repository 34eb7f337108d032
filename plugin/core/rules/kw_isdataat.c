/* SPDX-License-Identifier: GPL-2.0-or-later */
/* isdataat: [!]N [, relative, rawbytes]: whether there is still data at a place; N may be a
 * variable. https://docs.suricata.io/en/latest/rules/payload-keywords.html#isdataat */
#include "keyword.h"
#include "number.h"

static enum mf_match
isdataat_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_isdataat *dataat = &step->as.dataat;
    int64_t place = mf_variable_place(matcher, dataat->variable_offset, dataat->offset);
    /* Suricata counts N bytes after the cursor, but N + 1 from the start. */
    int64_t needed = step->relative ? attempt->cursor + place : place + 1;
    enum mf_match found =
        needed <= mf_view_end(&matcher->view) ? MF_MATCH_YES : mf_view_beyond(&matcher->view);

    attempt->from = MF_TRY_LAST;
    attempt->end = attempt->cursor;
    return dataat->negated ? (enum mf_match)(MF_MATCH_YES - found) : found;
}

/* "isdataat:!1,relative" right behind a content is Suricata's older way to write endswith, also
 * where the content must not be found. */
static bool
ends_content(struct mf_parser *parser)
{
    struct mf_step *last;

    if (parser->content < 0 || (guint)parser->content + 1 != parser->steps->len)
        return false;
    last = &g_array_index(parser->steps, struct mf_step, parser->content);
    last->as.content.at_end = true;
    return true;
}

static bool
isdataat_parse(struct mf_parser *parser, const struct mf_option *option)
{
    static const int64_t range[2] = {0, UINT16_MAX};
    struct mf_token rest = option->value, offset, word;
    struct mf_step step = {.run = isdataat_run};
    struct mf_isdataat *dataat = &step.as.dataat;
    int64_t number;

    dataat->negated = mf_token_negated(&rest);
    mf_token_next(&rest, ',', &offset);
    if (!mf_variable_or_number(parser, offset, range, &number, &dataat->variable_offset))
        return false;
    dataat->offset = (uint32_t)number;
    step.varies = dataat->variable_offset != 0;
    while (mf_token_next(&rest, ',', &word)) {
        if (mf_token_is(word, "relative"))
            step.relative = true;
        else if (!mf_token_is(word, "rawbytes"))
            return mf_parser_fail(parser, word.text, "expected 'relative', not '%.*s'",
                                  (int)MIN(word.length, 40), word.text);
    }
    if (dataat->negated && step.relative && number == 1 && !step.varies && ends_content(parser))
        return true;
    return mf_parser_add_placed(parser, option, &step);
}

static const struct mf_keyword rows[] = {
    {"isdataat", MF_VALUE_REQUIRED, isdataat_parse},
};

const struct mf_keyword_family mf_keywords_isdataat = {rows, G_N_ELEMENTS(rows)};
