/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "keyword.h"

#include <stdlib.h>
#include <string.h>

/* By name, as strcmp() sorts. */
static const struct mf_keyword table[] = {
    {"byte_jump", MF_VALUE_REQUIRED, mf_keyword_byte_jump},
    {"byte_test", MF_VALUE_REQUIRED, mf_keyword_byte_test},
    {"classtype", MF_VALUE_REQUIRED, mf_keyword_classtype},
    {"content", MF_VALUE_REQUIRED, mf_keyword_content},
    {"depth", MF_VALUE_REQUIRED, mf_keyword_depth},
    {"distance", MF_VALUE_REQUIRED, mf_keyword_distance},
    {"endswith", MF_VALUE_NONE, mf_keyword_endswith},
    {"fast_pattern", MF_VALUE_NONE, mf_keyword_fast_pattern},
    {"flow", MF_VALUE_REQUIRED, mf_keyword_flow},
    {"gid", MF_VALUE_REQUIRED, mf_keyword_gid},
    {"isdataat", MF_VALUE_REQUIRED, mf_keyword_isdataat},
    {"metadata", MF_VALUE_REQUIRED, mf_keyword_metadata},
    {"msg", MF_VALUE_REQUIRED, mf_keyword_msg},
    {"nocase", MF_VALUE_NONE, mf_keyword_nocase},
    {"offset", MF_VALUE_REQUIRED, mf_keyword_offset},
    {"pcre", MF_VALUE_REQUIRED, mf_keyword_pcre},
    {"pkt_data", MF_VALUE_NONE, mf_keyword_pkt_data},
    {"priority", MF_VALUE_REQUIRED, mf_keyword_priority},
    {"reference", MF_VALUE_REQUIRED, mf_keyword_reference},
    {"rev", MF_VALUE_REQUIRED, mf_keyword_rev},
    {"sid", MF_VALUE_REQUIRED, mf_keyword_sid},
    {"startswith", MF_VALUE_NONE, mf_keyword_startswith},
    {"within", MF_VALUE_REQUIRED, mf_keyword_within},
};

static int
compare(const void *key, const void *row)
{
    const struct mf_span *name = key;
    const struct mf_keyword *keyword = row;
    int order = strncmp(name->text, keyword->name, name->length);

    return order != 0 ? order : -(keyword->name[name->length] != '\0');
}

const struct mf_keyword *
mf_keyword_find(struct mf_span name)
{
    return bsearch(&name, table, G_N_ELEMENTS(table), sizeof table[0], compare);
}
