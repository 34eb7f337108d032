// SPDX-License-Identifier: GPL-2.0-or-later
#include "qt/story_writer.hpp"

#include "qt/text.hpp"

#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSaveFile>

enum { WriteBytes = 1 << 20 }; // at once

static const struct {
    const char *name, *suffix;
} formats[MF_STORY_FORMATS] = {
    {"Text", "txt"},
    {"CSV", "csv"},
    {"JSON", "json"},
    {"HTML", "html"},
};

static unsigned
depthOf(QModelIndex index)
{
    unsigned depth = 0;

    for (index = index.parent(); index.isValid(); index = index.parent())
        depth++;
    return depth;
}

QString
writtenRows(const StoryModel *model, const QModelIndexList &indexes, mf_story_format format)
{
    const CoreText text;

    for (const QModelIndex &index : indexes)
        mf_story_append_row(model->story(), model->row(index), depthOf(index), format, text.get());
    return text.string();
}

namespace
{
// What is on its way to a device.
class Output
{
  public:
    Output(QIODevice *device, const StoryModel *rows, mf_story_format story_format)
        : out(device), model(rows), format(story_format)
    {
    }

    bool
    write(const TimelineView *view)
    {
        mf_story_append_begin(model->story(), format, text.get());
        const bool all = writeBelow(view, QModelIndex(), 0);
        mf_story_append_end(model->story(), format, text.get());
        return all && flush();
    }

  private:
    QIODevice *out;
    const StoryModel *model;
    mf_story_format format;
    CoreText text;

    bool
    flush()
    {
        const qint64 length = qint64(text.get()->len);
        const bool done = out->write(text.get()->str, length) == length;

        g_string_truncate(text.get(), 0);
        return done;
    }

    bool
    writeBelow(const TimelineView *view, const QModelIndex &above, unsigned depth)
    {
        const int count = model->rowCount(above);

        for (int at = 0; at < count; at++) {
            const QModelIndex index = model->index(at, 0, above);

            mf_story_append_row(model->story(), model->row(index), depth, format, text.get());
            if (text.get()->len >= WriteBytes && !flush())
                return false;
            if (view->isExpanded(index) && !writeBelow(view, index, depth + 1))
                return false;
        }
        return true;
    }
};
} // namespace

bool
writeStory(const TimelineView *view, const StoryModel *model, mf_story_format format,
           QIODevice *out)
{
    return Output(out, model, format).write(view);
}

// The format of PATH by its suffix, else the one of FILTER.
static mf_story_format
formatOf(const QString &path, const QString &filter)
{
    int format = 0;

    for (int each = 0; each < MF_STORY_FORMATS; each++)
        if (filter.startsWith(formats[each].name))
            format = each;
    for (int each = 0; each < MF_STORY_FORMATS; each++)
        if (path.endsWith(QString(".") + formats[each].suffix, Qt::CaseInsensitive))
            format = each;
    return mf_story_format(format);
}

static QString
askPath(QWidget *parent, const QString &suggested, mf_story_format *format)
{
    QStringList filters;
    QString filter;

    for (const auto &each : formats)
        filters.append(QString("%1 (*.%2)").arg(each.name, each.suffix));

    QString path = QFileDialog::getSaveFileName(parent, QObject::tr("Save timeline as displayed"),
                                                suggested, filters.join(";;"), &filter);
    *format = formatOf(path, filter);
    if (!path.isEmpty() && QFileInfo(path).suffix().isEmpty())
        path += QString(".") + formats[*format].suffix;
    return path;
}

void
saveStory(const TimelineView *view, const StoryModel *model, const QString &suggested)
{
    mf_story_format format;
    const QString path = askPath(view->window(), suggested, &format);

    // The file may have been closed meanwhile.
    if (path.isEmpty() || !model->story())
        return;

    QSaveFile file(path);
    QApplication::setOverrideCursor(Qt::WaitCursor);
    const bool saved =
        file.open(QIODevice::WriteOnly) && writeStory(view, model, format, &file) && file.commit();
    QApplication::restoreOverrideCursor();
    if (!saved)
        QMessageBox::warning(view->window(), QObject::tr("Save timeline"),
                             QObject::tr("%1 was not written: %2").arg(path, file.errorString()));
}
