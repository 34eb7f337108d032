// SPDX-License-Identifier: GPL-2.0-or-later
// Which row is meant, as it can still be told in a later story: the row and all above it.
#ifndef MALFLOW_QT_ROW_PATH_HPP
#define MALFLOW_QT_ROW_PATH_HPP

#include "qt/host.h"

#include <QVector>

// The top row first; empty: none.
using RowPath = QVector<mf_row>;

// Whether rows of two stories of one capture tell the same: groups may have grown, and folds been
// numbered anew.
bool
sameRow(const mf_row &a, const mf_row &b);

// Order in which rows are told.
bool
rowBefore(const mf_row &a, const mf_row &b);

#endif
