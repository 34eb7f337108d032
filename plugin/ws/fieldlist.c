/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fieldlist.h"

#include "compat.h"

#define MF_FIELD_VARIABLE(variable, abbreviation, type, display, name, description)                \
    int variable = -1;
MF_FIELDS(MF_FIELD_VARIABLE)
#undef MF_FIELD_VARIABLE

void
mf_fieldlist_register(int proto)
{
    static hf_register_info hf[] = {
#define MF_FIELD_ROW(variable, abbreviation, type, display, name, description)                     \
    {&variable, {name, "malflow." abbreviation, type, display, NULL, 0x0, description, HFILL}},
        MF_FIELDS(MF_FIELD_ROW)
#undef MF_FIELD_ROW
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}
