// SPDX-License-Identifier: GPL-2.0-or-later
// The drawn column and its header: where things are painted, what zooms, what is asked how often.
#include "made_up_story.hpp"
#include "qt/axis_delegate.hpp"
#include "qt/axis_header.hpp"
#include "qt/colours.hpp"

extern "C" {
#include "core/stage.h"
}

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QPainter>
#include <QTest>
#include <QTreeView>
#include <QWheelEvent>

static const qint64 Second = 1000000000;
static const qint64 Start = 1199145600 * Second; // 2008-01-01

class RowModel : public QAbstractTableModel
{
  public:
    explicit RowModel(int count)
    {
        for (int i = 0; i < count; i++)
            rows.append(madeUpRow(uint32_t(i)));
    }
    int
    rowCount(const QModelIndex &parent) const override
    {
        return parent.isValid() ? 0 : int(rows.size());
    }
    int
    columnCount(const QModelIndex &) const override
    {
        return 3;
    }
    QVariant
    data(const QModelIndex &index, int role) const override
    {
        if (role == RowRole)
            return rowVariant(&rows[index.row()]);
        return role == Qt::DisplayRole && index.column() != 1 ? QVariant(index.row()) : QVariant();
    }

  private:
    QVector<mf_row> rows;
};

// A table with the drawn column in its middle, 400 pixels wide.
struct Table {
    mf_story story;
    RowModel model;
    QTreeView view;
    AxisDelegate delegate;
    AxisHeader *header;

    explicit Table(const mf_story &made) : story(made), model(int(made.rows.size()))
    {
        header = new AxisHeader(&delegate, 1, &view);
        view.setHeader(header);
        view.setModel(&model);
        view.setItemDelegateForColumn(1, &delegate);
        view.setRootIsDecorated(false);
        view.setUniformRowHeights(true);
        view.resize(700, 900);
        header->setStretchLastSection(false);
        header->resizeSection(0, 120);
        header->resizeSection(1, 400);
        header->setTimes(AxisTimes::Relative, made.first);
        header->setStory(&story);
        view.show();
    }

    QImage
    cell(int row)
    {
        const QRect place = view.visualRect(model.index(row, 1));
        return view.viewport()->grab(place).toImage();
    }
};

static MadeUpRow
lived(double first, double last, const char *protocol)
{
    return {{Start + qint64(first * double(Second)), Start + qint64(last * double(Second)), false,
             0, protocol},
            {}};
}

// Columns of CELL that are not as the ground at the middle of the row.
static QPair<int, int>
barOf(const QImage &cell)
{
    const int y = cell.height() / 2;
    QPair<int, int> bar(-1, -1);

    for (int x = 0; x < cell.width(); x++)
        if (QColor(cell.pixel(x, y)).hslSaturation() > 60) {
            bar.first = bar.first < 0 ? x : bar.first;
            bar.second = x;
        }
    return bar;
}

static int
redness(const QImage &cell)
{
    int count = 0;

    for (int y = 0; y < cell.height(); y++)
        for (int x = 0; x < cell.width(); x++) {
            const QColor colour(cell.pixel(x, y));
            count += colour.red() > 150 && colour.green() < 110 && colour.blue() < 110;
        }
    return count;
}

static mf_story
hundredSeconds()
{
    return {{lived(0, 100, "TCP:HTTP"), lived(25, 75, "TCP:HTTP"), lived(50, 50, "UDP:DNS")},
            {},
            Start,
            Start + 100 * Second,
            0,
            0};
}

class TestAxis : public QObject
{
    Q_OBJECT

  private slots:
    void
    barsStandWhereSessionsLived();
    void
    hitsAndStagesAreMarked();
    void
    ticksAreStrongerThanTheBar();
    void
    coreIsAskedOnce();
    void
    zoomShowsAPart();
    void
    wheelKeepsThePlaceUnderTheMouse();
    void
    growingKeepsTheZoom();
    void
    rangesStayWithin();
    void
    nothingIsPaintedWithoutAStory();
    void
    paintingAsksOnce();
    void
    picture_data();
    void
    picture();
};

void
TestAxis::barsStandWhereSessionsLived()
{
    Table table(hundredSeconds());
    const TimeScale scale = table.delegate.scale(0, 400);
    const auto whole = barOf(table.cell(0)), half = barOf(table.cell(1)),
               moment = barOf(table.cell(2));

    QCOMPARE(whole.first, AxisDelegate::Margin);
    QVERIFY(qAbs(whole.second - (400 - AxisDelegate::Margin)) <= 1);
    QVERIFY(qAbs(half.first - int(scale.x(Start + 25 * Second))) <= 1);
    QVERIFY(qAbs(half.second - int(scale.x(Start + 75 * Second))) <= 1);
    QCOMPARE(moment.second - moment.first + 1, 2); // the least that can be seen
}

void
TestAxis::hitsAndStagesAreMarked()
{
    mf_story story = hundredSeconds();
    story.rows[1].span.hit = true;
    story.rows[2].span.stages = 1u << MF_STAGE_SPAM;
    story.rows[1].span.stages = 1u << MF_STAGE_EGG | 1u << MF_STAGE_C2;
    Table table(story);

    QCOMPARE(redness(table.cell(0)), 0);
    QVERIFY(redness(table.cell(1)) > 15);
    const QString text = table.delegate.describe(madeUpRow(1));
    QVERIFY(text.contains(QLatin1String("TCP:HTTP")));
    QVERIFY(text.contains(QLatin1String("signature")));
    QVERIFY(text.contains(QLatin1String("egg download, C&C")));
    QVERIFY(text.contains(QLatin1String("50 s")));
    QVERIFY(!table.delegate.describe(madeUpRow(0)).contains(QLatin1String("Stages")));
    // Their names stand beside the bar.
    const QImage with = table.cell(2);
    const int x = int(table.delegate.scale(0, 400).x(Start + 50 * Second)) + 8;
    int inked = 0;
    for (int y = 0; y < with.height(); y++)
        for (int dx = 0; dx < 35; dx++)
            inked += QColor(with.pixel(x + dx, y)).lightness() < 140;
    QVERIFY(inked > 10);
}

void
TestAxis::ticksAreStrongerThanTheBar()
{
    mf_story story = hundredSeconds();
    story.rows[0].ticks = {Start + 20 * Second, Start + 60 * Second};
    Table table(story);
    const QImage cell = table.cell(0);
    const int y = cell.height() / 2, at = int(table.delegate.scale(0, 400).x(Start + 60 * Second));

    const QColor tick(cell.pixel(at, y)), bar(cell.pixel(at + 3, y));
    QVERIFY(contrast(tick, Qt::white) >= 3);
    QVERIFY(contrast(tick, bar) > 1.5);
}

void
TestAxis::coreIsAskedOnce()
{
    Table table(hundredSeconds());

    for (int i = 0; i < 5; i++)
        table.view.grab();
    QCOMPARE(table.story.asked, 3 * 2); // span and ticks of each row
    table.header->setStory(&table.story);
    table.view.grab();
    QCOMPARE(table.story.asked, 6 * 2); // it may have grown
}

void
TestAxis::zoomShowsAPart()
{
    Table table(hundredSeconds());
    QWidget *strip = table.header->viewport();
    const TimeScale scale = table.delegate.scale(120, 400);
    const int y = strip->height() / 2;
    const int from = int(scale.x(Start + 40 * Second)), to = int(scale.x(Start + 60 * Second));
    int changes = 0;

    QObject::connect(table.header, &AxisHeader::rangeChanged, [&] { changes++; });
    QVERIFY(!table.header->zoomAll->isEnabled());
    QTest::mousePress(strip, Qt::LeftButton, {}, {from, y});
    QMouseEvent move(QEvent::MouseMove, QPointF(to, y), QPointF(to, y), Qt::NoButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(strip, &move);
    QTest::mouseRelease(strip, Qt::LeftButton, {}, {to, y});
    QCOMPARE(changes, 1);
    QVERIFY(qAbs(table.header->rangeFirst() - (Start + 40 * Second)) < Second / 2);
    QVERIFY(qAbs(table.header->rangeLast() - (Start + 60 * Second)) < Second / 2);
    QVERIFY(table.header->isZoomed() && table.header->zoomAll->isEnabled());
    // What lived before, during and after covers all of it now.
    QVERIFY(barOf(table.cell(1)).second > 390);

    QTest::mouseDClick(strip, Qt::LeftButton, {}, {from, y});
    QVERIFY(!table.header->isZoomed());
    QTest::mouseClick(strip, Qt::LeftButton, {}, {from, y}); // no drag: nothing
    QVERIFY(!table.header->isZoomed());
    table.header->zoomIn->trigger();
    QCOMPARE(table.header->rangeFirst(), Start + 25 * Second);
    QCOMPARE(table.header->rangeLast(), Start + 75 * Second);
    table.header->later->trigger();
    QCOMPARE(table.header->rangeLast(), Start + qint64(87.5 * double(Second)));
    table.header->zoomAll->trigger();
    QVERIFY(!table.header->isZoomed());
}

static void
turnWheel(QWidget *on, const QPoint &at, int steps, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(at, on->mapToGlobal(at), {}, {0, 120 * steps}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);

    QApplication::sendEvent(on, &event);
}

void
TestAxis::wheelKeepsThePlaceUnderTheMouse()
{
    Table table(hundredSeconds());
    const QPoint at(320, 10);
    const qint64 before = table.delegate.scale(120, 400).time(at.x());

    turnWheel(table.view.viewport(), at, 3, Qt::ControlModifier);
    QVERIFY(table.header->isZoomed());
    QVERIFY(qAbs(table.delegate.scale(120, 400).time(at.x()) - before) < Second / 10);
    const qint64 first = table.header->rangeFirst();
    turnWheel(table.header->viewport(), at, -1, Qt::ShiftModifier);
    QVERIFY(table.header->rangeFirst() > first);
    const qint64 later = table.header->rangeFirst();
    turnWheel(table.view.viewport(), {40, 10}, 3, Qt::ControlModifier); // another column
    QCOMPARE(table.header->rangeFirst(), later);
}

void
TestAxis::growingKeepsTheZoom()
{
    Table table(hundredSeconds());

    table.story.last = Start + 200 * Second;
    table.header->setStory(&table.story);
    QCOMPARE(table.header->rangeLast(), Start + 200 * Second);
    table.header->setRange(Start + 50 * Second, Start + 80 * Second);
    table.story.last = Start + 400 * Second;
    table.header->setStory(&table.story);
    QCOMPARE(table.header->rangeFirst(), Start + 50 * Second);
    QCOMPARE(table.header->rangeLast(), Start + 80 * Second);
    // Another capture: nothing of the old range is in it.
    table.story.first = Start + 1000 * Second;
    table.story.last = Start + 1010 * Second;
    table.header->setStory(&table.story);
    QCOMPARE(table.header->rangeFirst(), Start + 1000 * Second);
    QVERIFY(!table.header->isZoomed());
}

void
TestAxis::rangesStayWithin()
{
    Table table(hundredSeconds());

    table.header->setRange(Start + 90 * Second, Start + 120 * Second);
    QCOMPARE(table.header->rangeFirst(), Start + 70 * Second);
    QCOMPARE(table.header->rangeLast(), Start + 100 * Second);
    for (int i = 0; i < 100; i++)
        table.header->zoomIn->trigger();
    QVERIFY(table.header->rangeLast() > table.header->rangeFirst());
    QVERIFY(!table.header->zoomIn->isEnabled());
    table.view.grab();
    for (int i = 0; i < 100; i++)
        table.header->zoomOut->trigger();
    QVERIFY(!table.header->isZoomed());
    // One packet only.
    table.story.last = table.story.first;
    table.header->setStory(&table.story);
    QVERIFY(table.header->rangeLast() > table.header->rangeFirst());
    table.view.grab();
}

void
TestAxis::nothingIsPaintedWithoutAStory()
{
    Table table(hundredSeconds());

    table.header->setStory(nullptr);
    table.story.rows.clear(); // would be out of bounds
    const QImage cell = table.cell(0);
    QCOMPARE(barOf(cell), (QPair<int, int>(-1, -1)));
    QCOMPARE(table.delegate.describe(madeUpRow(0)), QString());
    turnWheel(table.header->viewport(), {320, 10}, 3, Qt::ControlModifier);
    table.header->zoomIn->trigger();
    table.header->zoomOut->trigger();
    table.header->later->trigger();
    QCOMPARE(table.header->rangeFirst(), table.header->rangeLast());
}

static mf_story
busy(int rows)
{
    static const char *const protocols[] = {"TCP:HTTP", "UDP:DNS", "TCP:IRC",   "TCP:TLS",
                                            "TCP:SMB",  "TCP",     "UDP:BT-DHT"};
    mf_story story = {{}, {}, Start, Start + 3600 * Second, 0, 0};

    for (int i = 0; i < rows; i++) {
        const double first = (i * 977) % 3000, length = i % 5 == 0 ? 0 : (i * 331) % 1500;
        MadeUpRow row = lived(first, qMin(3600.0, first + length), protocols[i % 7]);
        row.span.hit = i % 6 == 0;
        row.span.stages = i % 9 == 0   ? 1u << MF_STAGE_EGG
                          : i % 6 == 0 ? 1u << MF_STAGE_C2 | 1u << MF_STAGE_SPAM
                                       : 0;
        for (int t = 0; t < (i % 4) * 400; t++)
            row.ticks.append(row.span.first +
                             (row.span.last - row.span.first) / 1600 * t * (1 + i % 3));
        story.rows.append(row);
    }
    return story;
}

void
TestAxis::paintingAsksOnce()
{
    Table table(busy(40));
    const QRect place = table.view.visualRect(table.model.index(0, 1)) |
                        table.view.visualRect(table.model.index(39, 1));
    QElapsedTimer timer;
    const int times = 50;

    table.view.viewport()->grab(place);
    timer.start();
    for (int i = 0; i < times; i++)
        table.view.viewport()->grab(place);
    const double each = double(timer.nsecsElapsed()) / times / 1e6;
    qInfo("40 rows are painted in %.2f ms", each);
    QCOMPARE(table.story.asked, 40 * 2); // span and ticks of each, however often it is painted
}

void
TestAxis::picture_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("zoomed");

    QTest::newRow("light") << false << false;
    QTest::newRow("dark") << true << false;
    QTest::newRow("zoomed") << false << true;
}

// A picture for people to look at, where MALFLOW_PICTURES says where.
void
TestAxis::picture()
{
    QFETCH(bool, dark);
    QFETCH(bool, zoomed);
    const QPalette usual = QApplication::palette();

    if (dark)
        QApplication::setPalette(QPalette(QColor(53, 53, 53), QColor(35, 35, 35)));
    {
        Table table(busy(24));
        table.view.setAlternatingRowColors(true);
        table.view.selectionModel()->select(table.model.index(3, 0), QItemSelectionModel::Select |
                                                                         QItemSelectionModel::Rows);
        table.view.selectionModel()->select(
            table.model.index(12, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        table.view.resize(700, 560);
        if (zoomed)
            table.header->setRange(Start + 1000 * Second, Start + 1900 * Second);
        const QPixmap picture = table.view.grab();
        QVERIFY(!picture.isNull());
        if (qEnvironmentVariableIsSet("MALFLOW_PICTURES"))
            picture.save(qEnvironmentVariable("MALFLOW_PICTURES") +
                         QStringLiteral("/axis-%1.png").arg(QTest::currentDataTag()));
    }
    QApplication::setPalette(usual);
}

QTEST_MAIN(TestAxis)
#include "test_axis.moc"
