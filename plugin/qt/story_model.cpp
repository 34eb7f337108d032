// SPDX-License-Identifier: GPL-2.0-or-later
// Views lay all rows out again when some are added. While rows are chosen in a long story they are
// therefore told at growing intervals; the first ones at once.
#include "qt/story_model.hpp"

#include "qt/colours.hpp"
#include "qt/columns.hpp"
#include "qt/roles.hpp"
#include "qt/text.hpp"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <unordered_map>

enum {
    ChooseMs = 15,     // until the user's next action is looked for
    ChooseRows = 2000, // until the clock is looked at
    FirstPauseMs = 100
};

static const double MarkShare = 0.3;

// Rows that stand below one.
struct Branch {
    Branch *above = nullptr; // null: these are the top rows, which the story holds
    int place = 0;           // there, of the row that this is below
    GArray *rows = nullptr;  // struct mf_row
    std::unordered_map<int, std::unique_ptr<Branch>> open;

    ~Branch()
    {
        if (rows)
            g_array_free(rows, TRUE);
    }
};

StoryModel::StoryModel(const Marks *row_marks, QObject *parent)
    : QAbstractItemModel(parent), marks(row_marks), root(new Branch)
{
    more.setInterval(0);
    connect(&more, &QTimer::timeout, this, &StoryModel::chooseMore);
}

StoryModel::~StoryModel()
{
    mf_story_free(held);
}

const mf_story *
StoryModel::story() const
{
    return held;
}

bool
StoryModel::isChoosing() const
{
    return choosing;
}

// --- choosing ---

void
StoryModel::setStory(mf_story *story, const mf_story_choice &choice)
{
    beginResetModel();
    root.reset(new Branch);
    mf_story_free(held);
    held = story;
    hasChoice = false;
    begin(choice);
    endResetModel();
}

void
StoryModel::choose(const mf_story_choice &choice)
{
    beginResetModel();
    root.reset(new Branch);
    begin(choice);
    endResetModel();
}

void
StoryModel::begin(const mf_story_choice &choice)
{
    const bool is_choice = choice.text || choice.host || choice.root;

    more.stop();
    choosing = false;
    known = 0;
    if (!held)
        return;
    if (is_choice || hasChoice) {
        mf_story_choose(held, &choice);
        choosing = !chooseForAWhile();
    }
    hasChoice = is_choice;
    known = static_cast<int>(mf_story_count(held));
    if (choosing) {
        pause = FirstPauseMs;
        told.start();
        more.start();
    }
}

// Returns whether all are chosen.
bool
StoryModel::chooseForAWhile()
{
    QElapsedTimer clock;

    clock.start();
    while (!mf_story_choose_some(held, ChooseRows))
        if (clock.elapsed() >= ChooseMs)
            return false;
    return true;
}

void
StoryModel::chooseMore()
{
    choosing = !chooseForAWhile();
    if (choosing && told.elapsed() < pause)
        return;

    const int count = static_cast<int>(mf_story_count(held));
    if (count > known) {
        beginInsertRows(QModelIndex(), known, count - 1);
        known = count;
        endInsertRows();
    }
    pause *= 2;
    told.start();
    if (!choosing)
        more.stop();
    emit chosen();
}

// --- rows ---

const mf_row *
StoryModel::row(const QModelIndex &index) const
{
    if (!index.isValid() || !held)
        return nullptr;

    const auto *branch = static_cast<const Branch *>(index.internalPointer());
    if (branch->above)
        return &g_array_index(branch->rows, mf_row, index.row());
    return mf_story_row(held, static_cast<uint32_t>(index.row()));
}

// What stands below INDEX, which is asked for now if it was not before.
Branch *
StoryModel::below(const QModelIndex &index) const
{
    if (!index.isValid())
        return root.get();

    auto *branch = static_cast<Branch *>(index.internalPointer());
    std::unique_ptr<Branch> &found = branch->open[index.row()];
    if (!found) {
        found.reset(new Branch);
        found->above = branch;
        found->place = index.row();
        found->rows = mf_story_children(held, row(index));
    }
    return found.get();
}

RowPath
StoryModel::path(QModelIndex index) const
{
    RowPath path;

    for (; index.isValid(); index = index.parent())
        path.prepend(*row(index));
    return path;
}

// Top rows stand in order of (time, frame).
QModelIndex
StoryModel::findTop(const mf_row &wanted) const
{
    const auto before = [&wanted](const mf_row &row) {
        return row.time < wanted.time || (row.time == wanted.time && row.frame < wanted.frame);
    };
    int low = 0;

    for (int high = known; low < high;) {
        const int middle = low + (high - low) / 2;

        if (before(*mf_story_row(held, static_cast<uint32_t>(middle))))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < known; low++) {
        const mf_row *row = mf_story_row(held, static_cast<uint32_t>(low));

        if (row->time != wanted.time || row->frame != wanted.frame)
            break;
        if (sameRow(*row, wanted))
            return index(low, 0);
    }
    return QModelIndex();
}

QModelIndex
StoryModel::find(const RowPath &path) const
{
    if (path.isEmpty() || !held)
        return QModelIndex();

    QModelIndex found = findTop(path.first());
    if (!found.isValid()) {
        const int64_t top = mf_story_find_session(held, path.last().session);

        return top >= 0 && top < known ? index(static_cast<int>(top), 0) : QModelIndex();
    }
    for (int depth = 1; depth < path.size(); depth++) {
        const GArray *rows = below(found)->rows;
        const mf_row *first = &g_array_index(rows, mf_row, 0);
        const mf_row *end = first + rows->len;
        const mf_row *same =
            std::find_if(first, end, [&](const mf_row &row) { return sameRow(row, path[depth]); });

        if (same == end)
            break;
        found = index(static_cast<int>(same - first), 0, found);
    }
    return found;
}

QModelIndex
StoryModel::findBelow(const QModelIndex &index, uint32_t session, uint32_t frame) const
{
    const GArray *rows = below(index)->rows;

    for (guint at = 0; rows && at < rows->len; at++) {
        const mf_row *row = &g_array_index(rows, mf_row, at);

        if ((session == 0 || row->session == session) && (frame == 0 || row->frame == frame))
            return this->index(static_cast<int>(at), 0, index);
    }
    return QModelIndex();
}

void
StoryModel::eachOpen(const std::function<void(const QModelIndex &)> &tell) const
{
    const std::function<void(Branch *)> walk = [&](Branch *branch) {
        for (const auto &open : branch->open) {
            tell(createIndex(open.first, 0, branch));
            walk(open.second.get());
        }
    };

    walk(root.get());
}

QModelIndex
StoryModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= Columns || row >= rowCount(parent))
        return QModelIndex();
    return createIndex(row, column, below(parent));
}

QModelIndex
StoryModel::parent(const QModelIndex &index) const
{
    const auto *branch = static_cast<const Branch *>(index.internalPointer());

    if (!index.isValid() || !branch->above)
        return QModelIndex();
    return createIndex(branch->place, 0, branch->above);
}

int
StoryModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return known;
    return parent.column() == 0 && hasChildren(parent) ? static_cast<int>(below(parent)->rows->len)
                                                       : 0;
}

int
StoryModel::columnCount(const QModelIndex &) const
{
    return Columns;
}

bool
StoryModel::hasChildren(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return known > 0;
    return parent.column() == 0 && mf_story_opens(held, row(parent));
}

// --- cells ---

QString
StoryModel::cell(const mf_row &row, int column) const
{
    const CoreText text;

    if (column < MF_STORY_COLUMNS)
        mf_story_append_cell(held, &row, static_cast<mf_story_column>(column), text.get());
    return text.string();
}

static QVariant
markLook(int role)
{
    if (role == Qt::FontRole) {
        QFont bold;

        bold.setBold(true);
        return bold;
    }

    const QPalette palette = QGuiApplication::palette();
    return blended(palette.color(QPalette::Base), palette.color(QPalette::Highlight), MarkShare);
}

// What a cell has beside its text: mostly nothing.
QVariant
StoryModel::look(const mf_row &row, int column, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return int(columnOf(column).alignment | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && column == MF_STORY_HITS)
        return readableColour(QGuiApplication::palette().color(QPalette::Base), HueHit, 200, 5.0);
    if ((role == Qt::FontRole || role == Qt::BackgroundRole) && marks->has(row))
        return markLook(role);
    return QVariant();
}

QVariant
StoryModel::data(const QModelIndex &index, int role) const
{
    const mf_row *row = this->row(index);

    if (!row)
        return QVariant();
    if (role == RowRole)
        return rowVariant(row);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return cell(*row, index.column());
    if (role == Qt::AccessibleTextRole && index.column() == Life)
        return tr("%1 for %2").arg(cell(*row, MF_STORY_TIME), cell(*row, MF_STORY_DURATION));
    return look(*row, index.column(), role);
}

QVariant
StoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return QVariant();
    if (role == Qt::DisplayRole)
        return QString::fromLatin1(columnOf(section).title);
    if (role == Qt::ToolTipRole)
        return QString::fromLatin1(columnOf(section).help);
    if (role == Qt::TextAlignmentRole)
        return int(columnOf(section).alignment | Qt::AlignVCenter);
    return QVariant();
}
