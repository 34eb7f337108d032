// SPDX-License-Identifier: GPL-2.0-or-later
#include "qt/row_path.hpp"

#include <tuple>

// Whether rows of KIND that tell of one session in one frame are told apart by their number.
static bool
isNumbered(unsigned kind)
{
    return kind == MF_ROW_REQUEST || kind == MF_ROW_HIT;
}

bool
sameRow(const mf_row &a, const mf_row &b)
{
    return a.kind == b.kind && a.session == b.session && a.frame == b.frame &&
           (!isNumbered(a.kind) || a.ref == b.ref);
}

bool
rowBefore(const mf_row &a, const mf_row &b)
{
    return std::tie(a.time, a.frame, a.kind, a.ref) < std::tie(b.time, b.frame, b.kind, b.ref);
}
