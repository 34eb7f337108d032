// SPDX-License-Identifier: GPL-2.0-or-later
// How the model hands its rows to whoever paints them.
#ifndef MALFLOW_QT_ROLES_HPP
#define MALFLOW_QT_ROLES_HPP

#include <QModelIndex>
#include <QVariant>

#include "qt/host.h"

// The row itself, a void * to struct mf_row. It is used during the call only.
static const int RowRole = Qt::UserRole;

inline QVariant
rowVariant(const mf_row *row)
{
    return QVariant::fromValue(static_cast<void *>(const_cast<mf_row *>(row)));
}

// NULL: INDEX has none.
inline const mf_row *
rowOf(const QModelIndex &index)
{
    return static_cast<const mf_row *>(index.data(RowRole).value<void *>());
}

#endif
