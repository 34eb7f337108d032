// SPDX-License-Identifier: GPL-2.0-or-later
// The rows that the user marked, in the order in which they are told.
#ifndef MALFLOW_QT_MARKS_HPP
#define MALFLOW_QT_MARKS_HPP

#include "qt/row_path.hpp"

class Marks
{
  public:
    bool
    has(const mf_row &row) const;
    bool
    isEmpty() const;
    void
    add(const RowPath &path);
    void
    remove(const mf_row &row);
    void
    clear();

    // The next mark behind ROW (the first if there is none, so that one comes round), or before it.
    // There must be one.
    RowPath
    next(const mf_row &row) const;
    RowPath
    previous(const mf_row &row) const;

  private:
    QVector<RowPath> paths; // sorted by their last rows

    QVector<RowPath>::const_iterator
    from(const mf_row &row) const;
};

#endif
