// SPDX-License-Identifier: GPL-2.0-or-later
#include "qt/marks.hpp"

#include <algorithm>

// The first mark that does not stand before ROW.
QVector<RowPath>::const_iterator
Marks::from(const mf_row &row) const
{
    return std::lower_bound(
        paths.cbegin(), paths.cend(), row,
        [](const RowPath &path, const mf_row &other) { return rowBefore(path.last(), other); });
}

// Rows that are the same have one time and frame, but need not be neighbours among those.
bool
Marks::has(const mf_row &row) const
{
    mf_row first = row;

    first.kind = 0;
    first.ref = 0;
    for (auto path = from(first); path != paths.cend() && path->last().time == row.time; ++path)
        if (sameRow(path->last(), row))
            return true;
    return false;
}

bool
Marks::isEmpty() const
{
    return paths.isEmpty();
}

void
Marks::add(const RowPath &path)
{
    if (!path.isEmpty() && !has(path.last()))
        paths.insert(static_cast<int>(from(path.last()) - paths.cbegin()), path);
}

void
Marks::remove(const mf_row &row)
{
    paths.erase(std::remove_if(paths.begin(), paths.end(),
                               [&row](const RowPath &path) { return sameRow(path.last(), row); }),
                paths.end());
}

void
Marks::clear()
{
    paths.clear();
}

RowPath
Marks::next(const mf_row &row) const
{
    auto path = from(row);

    while (path != paths.cend() && sameRow(path->last(), row))
        ++path;
    return path != paths.cend() ? *path : paths.first();
}

RowPath
Marks::previous(const mf_row &row) const
{
    const auto path = from(row);

    return path != paths.cbegin() ? *(path - 1) : paths.last();
}
