/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fvalue.h"

uint64_t
mf_fvalue_number(const field_info *item)
{
    fvalue_t *value = (fvalue_t *)MF_FVALUE((field_info *)item);

    switch (item->hfinfo->type) {
    case FT_UINT8:
    case FT_UINT16:
    case FT_UINT24:
    case FT_UINT32:
    case FT_FRAMENUM:
    case FT_CHAR:
        return fvalue_get_uinteger(value);
    case FT_BOOLEAN:
    case FT_UINT40:
    case FT_UINT48:
    case FT_UINT56:
    case FT_UINT64:
        return fvalue_get_uinteger64(value);
    case FT_INT8:
    case FT_INT16:
    case FT_INT24:
    case FT_INT32:
        return (uint64_t)(int64_t)fvalue_get_sinteger(value);
    case FT_INT40:
    case FT_INT48:
    case FT_INT56:
    case FT_INT64:
        return (uint64_t)fvalue_get_sinteger64(value);
    default:
        return 0;
    }
}

const char *
mf_fvalue_text(wmem_allocator_t *scope, const field_info *item)
{
    fvalue_t *value = (fvalue_t *)MF_FVALUE((field_info *)item);

    if (MF_FT_IS_STRING(item->hfinfo->type))
        return fvalue_get_string(value);
    return fvalue_to_string_repr(scope, value, FTREPR_DISPLAY, item->hfinfo->display);
}
