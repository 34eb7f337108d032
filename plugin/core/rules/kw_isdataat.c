/* SPDX-License-Identifier: GPL-2.0-or-later */
/* isdataat: [!]N [, relative]: whether there is still data at a place.
 * https://docs.suricata.io/en/latest/rules/payload-keywords.html#isdataat */
#include "keyword.h"
#include "match.h"

static enum mf_match
isdataat_run(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    const struct mf_isdataat *dataat = &step->as.dataat;
    /* Suricata counts N bytes after the cursor, but N + 1 from the start. */
    int64_t needed =
        step->relative ? attempt->cursor + dataat->offset : (int64_t)dataat->offset + 1;
    enum mf_match found =
        needed <= mf_view_end(&matcher->view) ? MF_MATCH_YES : mf_view_beyond(&matcher->view);

    attempt->from = MF_TRY_LAST;
    attempt->end = attempt->cursor;
    return dataat->negated ? (enum mf_match)(MF_MATCH_YES - found) : found;
}

static bool
isdataat_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_span rest = option->value, offset, word;
    struct mf_step step = {.run = isdataat_run};
    int64_t number;

    step.as.dataat.negated = mf_span_negated(&rest);
    mf_span_next(&rest, ',', &offset);
    if (!mf_span_number(parser, offset, 0, UINT16_MAX, &number))
        return false;
    step.as.dataat.offset = (uint32_t)number;
    while (mf_span_next(&rest, ',', &word)) {
        if (mf_span_is(word, "relative"))
            step.relative = true;
        else if (!mf_span_is(word, "rawbytes"))
            return mf_parser_fail(parser, word.text, "expected 'relative', not '%.*s'",
                                  (int)MIN(word.length, 40), word.text);
    }
    return mf_parser_add_step(parser, option, &step);
}

static const struct mf_keyword rows[] = {
    {"isdataat", MF_VALUE_REQUIRED, isdataat_parse},
};

const struct mf_keyword_family mf_keywords_isdataat = {rows, G_N_ELEMENTS(rows)};
