// SPDX-License-Identifier: GPL-2.0-or-later
// Rows as displayed, as text of one of the core's formats.
#ifndef MALFLOW_QT_STORY_WRITER_HPP
#define MALFLOW_QT_STORY_WRITER_HPP

#include "qt/timeline_view.hpp"

class QIODevice;

// The rows INDEXES of MODEL.
QString
writtenRows(const StoryModel *model, const QModelIndexList &indexes, mf_story_format format);

// All rows that VIEW shows to who scrolls; false: OUT cannot take them.
bool
writeStory(const TimelineView *view, const StoryModel *model, mf_story_format format,
           QIODevice *out);

// Asks for a file and writes it.
void
saveStory(const TimelineView *view, const StoryModel *model, const QString &suggested);

#endif
