// SPDX-License-Identifier: GPL-2.0-or-later
// The payload pane: what stands on which line, who sent it, finding, copying, saving, great ones.
#include "payload_kit.hpp"
#include "qt/payload_pane.hpp"
#include "qt/payload_view.hpp"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <cmath>

// A pane that is shown, with its row.
struct Shown {
    mf_story story;
    mf_row row = madeUpRow(7);
    PayloadPane pane;

    explicit Shown(const QVector<MadeUpRun> &payload, PayloadPane::Mode mode = PayloadPane::Text)
        : story(saying(payload))
    {
        pane.resize(1150, 400);
        pane.setMode(mode);
        pane.show();
        pane.show(&story, &row);
        pane.activateWindow();
        QApplication::processEvents();
    }
};

class TestPayload : public QObject
{
    Q_OBJECT

  private slots:
    void
    dumpsTellOffsets();
    void
    paneFindsAndWraps();
    void
    oneSideOnly();
    void
    copiesWhatIsSelected();
    void
    framesAreGoneTo();
    void
    keysMoveAndSelect();
    void
    viewsGoTogether();
    void
    savesRawBytes();
    void
    tellsWhatThereIs();
    void
    isReadByOthers();
    void
    greatOnesDoNotFreeze();
    void
    restIsReadWhenTheRowStays();
    void
    clearForgetsTheStory();
    void
    menuEndsWithTheView();
    void
    picture_data();
    void
    picture();
};

void
TestPayload::dumpsTellOffsets()
{
    Shown shown(request(), PayloadPane::Hex);
    const QStringList lines = shown.pane.hexView->spokenText().split(QLatin1Char('\n'));
    QCOMPARE(lines[0], QStringLiteral("00000000  47 45 54 20 2f 61 2e 65  78 65 20 48 54 54 50 2f"
                                      "  GET /a.exe HTTP/"));
    // Offsets are those of the side.
    QVERIFY(lines[3].startsWith(QLatin1String("00000026  0d 0a  ")));
    QVERIFY(lines[3].endsWith(QLatin1String("  ..")));
    QVERIFY(lines[4].startsWith(QLatin1String("00000000  48 54 54 50")));
}

void
TestPayload::paneFindsAndWraps()
{
    Shown shown(request());
    auto *needle = shown.pane.findChild<QLineEdit *>(QStringLiteral("payloadNeedle"));
    auto *found = shown.pane.findChild<QLabel *>(QStringLiteral("payloadFound"));

    QVERIFY(!needle->isVisible());
    shown.pane.textView->setFocus();
    QTest::keyClick(shown.pane.textView, Qt::Key_F, Qt::ControlModifier);
    QVERIFY(needle->isVisible());
    needle->setText(QStringLiteral("http"));
    QCOMPARE(found->text(), QStringLiteral("2 found"));
    QTest::keyClick(needle, Qt::Key_Return);
    QCOMPARE(shown.pane.textView->selectionFrom(), 11u);
    QCOMPARE(found->text(), QStringLiteral("1 of 2"));
    QTest::keyClick(needle, Qt::Key_Return);
    QCOMPARE(shown.pane.hexView->selectionFrom(), 40u);
    QTest::keyClick(needle, Qt::Key_Return);
    QCOMPARE(found->text(), QStringLiteral("1 of 2"));
    QTest::keyClick(needle, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(found->text(), QStringLiteral("2 of 2"));
    needle->setText(QStringLiteral("|4d 5a 90|"));
    QCOMPARE(found->text(), QStringLiteral("1 found"));
    needle->setText(QStringLiteral("nowhere"));
    QCOMPARE(found->text(), QStringLiteral("Not found"));
    QTest::keyClick(needle, Qt::Key_Return);
    QTest::keyClick(needle, Qt::Key_Escape);
    QVERIFY(!needle->isVisible());
}

void
TestPayload::oneSideOnly()
{
    Shown shown(request());
    auto *sides = shown.pane.findChild<QComboBox *>();

    sides->setCurrentIndex(PayloadDocument::Responder);
    QCOMPARE(shown.pane.document().size(), documentOf(request()).sent(MF_RESP));
    QVERIFY(shown.pane.textView->spokenText().startsWith(QLatin1String("HTTP/1.1 200 OK\n")));
    sides->setCurrentIndex(PayloadDocument::Originator);
    QCOMPARE(shown.pane.document().size(), 40u);
    sides->setCurrentIndex(PayloadDocument::BothSides);
    QCOMPARE(shown.pane.document().runs().size(), 4);
}

void
TestPayload::copiesWhatIsSelected()
{
    Shown shown(request());
    QClipboard *clipboard = QApplication::clipboard();

    shown.pane.textView->select(11, 27, false);
    QTest::keyClick(shown.pane.textView, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard->text(), QStringLiteral("HTTP/1.1\nHost: "));
    shown.pane.hexView->select(59, 63, false);
    QTest::keyClick(shown.pane.hexView, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard->text(), QStringLiteral("4d 5a 90 00"));
    QTest::keyClick(shown.pane.textView, Qt::Key_A, Qt::ControlModifier);
    shown.pane.textView->copyText();
    QVERIFY(clipboard->text().endsWith(QLatin1String("in DOS mode.\n")));
    QVERIFY(clipboard->text().contains(QLatin1String("MZ....This")));
}

// The middle of the cell at COLUMN of LINE.
static QPoint
cellAt(const PayloadView *view, int column, int line)
{
    const QFontMetricsF metrics(view->font());
    const double width = metrics.horizontalAdvance(QString(64, QLatin1Char('0'))) / 64;
    const int height = int(std::ceil(metrics.height())) + 1;

    // The margin is four digits and what belongs to them.
    return {int((4 + 3.5 + column + 0.3) * width), line * height + height / 2};
}

void
TestPayload::framesAreGoneTo()
{
    Shown shown(request());
    QSignalSpy went(&shown.pane, &PayloadPane::goToFrame);
    PayloadView *view = shown.pane.textView;

    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, cellAt(view, 3, 0));
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, {3, cellAt(view, 0, 2).y()});
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, cellAt(view, 2, 3));
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, cellAt(view, 10, 5));
    // The margin of a line on which a run begins names that run.
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, {3, cellAt(view, 0, 5).y()});
    view->select(38, 38, false);
    QTest::keyClick(view, Qt::Key_Return);
    QList<quint32> frames;
    for (const auto &each : went)
        frames.append(each[0].toUInt());
    QCOMPARE(frames, (QList<quint32>{4, 5, 7, 8, 8, 5}));
}

void
TestPayload::keysMoveAndSelect()
{
    Shown shown(request());
    PayloadView *view = shown.pane.textView;
    const auto key = [view](Qt::Key which, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QTest::keyClick(view, which, with);
        return int(view->selectionTo());
    };

    QCOMPARE(key(Qt::Key_End), 19);
    QCOMPARE(key(Qt::Key_Down), 21 + 15); // a shorter line
    QCOMPARE(key(Qt::Key_Home), 21);
    QCOMPARE(key(Qt::Key_Right, Qt::ShiftModifier), 22);
    QVERIFY(view->hasSelection());
    QCOMPARE(key(Qt::Key_Down, Qt::ControlModifier), 38);
    QVERIFY(!view->hasSelection());
    QCOMPARE(key(Qt::Key_Down, Qt::ControlModifier), 40);
    QCOMPARE(key(Qt::Key_Up, Qt::ControlModifier), 38);
    QCOMPARE(key(Qt::Key_End, Qt::ControlModifier), int(shown.pane.document().size()));
    QCOMPARE(key(Qt::Key_Right), int(shown.pane.document().size()));
    QCOMPARE(key(Qt::Key_Home, Qt::ControlModifier), 0);
    QCOMPARE(key(Qt::Key_Left), 0);
    for (Qt::Key any : {Qt::Key_PageDown, Qt::Key_PageUp, Qt::Key_Up, Qt::Key_Down, Qt::Key_End})
        QVERIFY(key(any) <= int(shown.pane.document().size()));
    shown.pane.clear();
    for (Qt::Key any : {Qt::Key_PageDown, Qt::Key_PageUp, Qt::Key_Up, Qt::Key_End, Qt::Key_Return})
        QCOMPARE(key(any, Qt::ControlModifier), 0);
}

void
TestPayload::viewsGoTogether()
{
    Shown shown(mixed(20000, 3), PayloadPane::Both);
    PayloadView *text = shown.pane.textView, *hex = shown.pane.hexView;
    QSignalSpy changed(&shown.pane, &PayloadPane::modeChanged);

    QVERIFY(text->isVisible() && hex->isVisible());
    text->verticalScrollBar()->setValue(200);
    QCOMPARE(hex->verticalScrollBar()->value(), hex->lines().lineOf(text->topPlace()));
    hex->verticalScrollBar()->setValue(0);
    QCOMPARE(text->topPlace(), 0u);
    QTest::keyClick(text, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(hex->selectionTo(), shown.pane.document().size());
    text->verticalScrollBar()->setValue(300);
    const quint32 place = text->topPlace();
    shown.pane.setMode(PayloadPane::Hex);
    QVERIFY(!text->isVisible() && hex->isVisible());
    QCOMPARE(hex->verticalScrollBar()->value(), hex->lines().lineOf(place));
    QCOMPARE(changed.size(), 1);
}

void
TestPayload::savesRawBytes()
{
    QTemporaryDir folder;
    Shown shown(request());
    QString message;
    const QString path = folder.filePath(QStringLiteral("out.bin"));

    QVERIFY(shown.pane.saveTo(path, &message));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray expected;
    for (const MadeUpRun &run : request())
        expected += run.bytes;
    QCOMPARE(file.readAll(), expected);
    QVERIFY(!shown.pane.saveTo(folder.filePath(QStringLiteral("no/such/folder")), &message));
    QVERIFY(!message.isEmpty());
}

void
TestPayload::tellsWhatThereIs()
{
    Shown shown(request());
    const auto info = [&shown] {
        return shown.pane.findChild<QLabel *>(QStringLiteral("payloadInfo"))->text();
    };

    QCOMPARE(info(), QString::fromUtf8("→ 40, ← 66 bytes in 4 runs"));
    QVERIFY(shown.pane.saveAction->isEnabled());
    shown.pane.clear();
    QCOMPARE(info(), QString());
    QVERIFY(!shown.pane.saveAction->isEnabled());
    shown.story.payload = {{3, MF_ORIG, QByteArray(int(PayloadPane::Most) + 1, 'x')}};
    shown.pane.show(&shown.story, &shown.row);
    QTRY_VERIFY(shown.pane.document().size() == PayloadPane::Most);
    QVERIFY(info().contains(QLatin1String("there is more")));
}

void
TestPayload::isReadByOthers()
{
    Shown shown(request());
    QAccessibleInterface *text = QAccessible::queryAccessibleInterface(shown.pane.textView);

    QVERIFY(text != nullptr && text->textInterface() != nullptr);
    QCOMPARE(text->text(QAccessible::Name), QStringLiteral("Payload as text"));
    QVERIFY(text->state().readOnly && text->state().focusable);
    QVERIFY(text->textInterface()->text(0, 1000).startsWith(
        QLatin1String("GET /a.exe HTTP/1.1\nHost")));
    QCOMPARE(text->textInterface()->characterCount(),
             int(shown.pane.textView->spokenText().size()));
    QAccessibleInterface *pane = QAccessible::queryAccessibleInterface(&shown.pane);
    QCOMPARE(pane->text(QAccessible::Name), QStringLiteral("Payload"));
    QVERIFY(pane->text(QAccessible::Description).contains(QLatin1String("4 runs")));
    shown.story.payload = {{3, MF_ORIG, QByteArray(1 << 20, 'x')}};
    shown.pane.show(&shown.story, &shown.row);
    QCOMPARE(text->textInterface()->characterCount(), 64 << 10);
}

void
TestPayload::greatOnesDoNotFreeze()
{
    QVector<MadeUpRun> payload;
    QElapsedTimer timer;

    for (quint32 frame = 1; frame <= 11500; frame++) {
        QByteArray bytes(1460, 'x');
        for (int i = 0; i < bytes.size(); i++)
            bytes[i] = char((frame * 31 + quint32(i) * quint32(i)) % 251);
        payload.append({frame, frame % 50 == 0, bytes});
    }
    Shown shown(payload, PayloadPane::Both);
    timer.start();
    shown.pane.show(&shown.story, &shown.row);
    shown.pane.grab();
    const qint64 begins = timer.restart();
    QTRY_VERIFY(shown.pane.document().size() == PayloadPane::Most);
    timer.restart();
    shown.pane.resize(800, 400);
    shown.pane.grab();
    const qint64 resized = timer.restart();
    for (int i = 0; i < 20; i++) {
        shown.pane.textView->verticalScrollBar()->setValue(i * 12345);
        shown.pane.grab();
    }
    const qint64 scrolled = timer.restart();
    shown.pane.findAction->trigger();
    shown.pane.findChild<QLineEdit *>(QStringLiteral("payloadNeedle"))
        ->setText(QStringLiteral("not there"));
    const qint64 searched = timer.restart();
    qInfo("begins %d ms, resize %d ms, scroll and paint %d ms, find %d ms", int(begins),
          int(resized), int(scrolled / 20), int(searched));
    QCOMPARE(shown.pane.document().size(), PayloadPane::Most);
}

void
TestPayload::restIsReadWhenTheRowStays()
{
    QVector<MadeUpRun> payload;

    for (quint32 frame = 1; frame <= 100; frame++)
        payload.append({frame, int(frame % 2), QByteArray(10000, 'y')});
    Shown shown(payload);
    QVERIFY(shown.pane.document().isCut());
    QCOMPARE(size_t(shown.pane.document().size()), PayloadPane::AtOnce);
    shown.pane.textView->verticalScrollBar()->setValue(100);
    const quint32 place = shown.pane.textView->topPlace();
    shown.pane.textView->select(12, 500, false);
    QTRY_VERIFY(!shown.pane.document().isCut());
    QCOMPARE(shown.pane.document().size(), 1000000u);
    QCOMPARE(shown.pane.textView->topPlace(), place);
    QCOMPARE(shown.pane.textView->selectionTo(), 500u);
    // Who walks on is not made to wait for it.
    shown.story.payloadAsked = 0;
    for (int i = 0; i < 5; i++)
        shown.pane.show(&shown.story, &shown.row);
    QCOMPARE(shown.story.payloadAsked, 5);
}

void
TestPayload::clearForgetsTheStory()
{
    QVector<MadeUpRun> payload = {{1, 0, QByteArray(1000000, 'y')}};
    Shown shown(payload);

    shown.story.payloadAsked = 0;
    shown.pane.clear();
    QTest::qWait(400);
    QCOMPARE(shown.story.payloadAsked, 0);
    QCOMPARE(shown.pane.document().size(), 0u);
    shown.pane.grab();
    shown.pane.show(&shown.story, nullptr);
    QCOMPARE(shown.story.payloadAsked, 0);
}

// Whatever closes the window, a menu of it may be open.
void
TestPayload::menuEndsWithTheView()
{
    auto *shown = new Shown(request());
    QContextMenuEvent wish(QContextMenuEvent::Keyboard, QPoint(5, 5), QPoint(5, 5));
    bool opened = false;

    QTimer::singleShot(0, this, [&opened, shown] {
        opened = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        delete shown;
    });
    QApplication::sendEvent(shown->pane.textView, &wish);
    QTRY_VERIFY(opened);
    QVERIFY(!QApplication::activePopupWidget());
}

void
TestPayload::picture_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("mode");

    QTest::newRow("light-text") << false << int(PayloadPane::Text);
    QTest::newRow("dark-text") << true << int(PayloadPane::Text);
    QTest::newRow("light-both") << false << int(PayloadPane::Both);
    QTest::newRow("dark-both") << true << int(PayloadPane::Both);
    QTest::newRow("empty") << false << -1;
}

// A picture for people to look at, where MALFLOW_PICTURES says where.
void
TestPayload::picture()
{
    QFETCH(bool, dark);
    QFETCH(int, mode);
    const QPalette usual = QApplication::palette();
    QVector<MadeUpRun> payload = request();
    QByteArray program;

    for (int i = 0; i < 300; i++)
        program += char(i * i % 253);
    payload +=
        {{9, MF_RESP, program},
         {12, MF_ORIG,
          "POST /gate.php HTTP/1.1\r\nHost: a.example\r\nContent-Length: 11\r\n\r\nid=4&os=5.1"}};
    if (dark)
        QApplication::setPalette(QPalette(QColor(53, 53, 53), QColor(35, 35, 35)));
    {
        Shown shown(mode < 0 ? QVector<MadeUpRun>() : payload,
                    mode < 0 ? PayloadPane::Text : PayloadPane::Mode(mode));
        shown.pane.resize(1240, 420);
        shown.pane.textView->setFocus();
        shown.pane.findAction->trigger();
        shown.pane.findChild<QLineEdit *>(QStringLiteral("payloadNeedle"))
            ->setText(QStringLiteral("http"));
        for (PayloadView *view : {shown.pane.textView, shown.pane.hexView})
            view->select(24, 64, false);
        const QPixmap picture = shown.pane.grab();
        QVERIFY(!picture.isNull());
        if (qEnvironmentVariableIsSet("MALFLOW_PICTURES"))
            picture.save(qEnvironmentVariable("MALFLOW_PICTURES") +
                         QStringLiteral("/payload-%1.png").arg(QTest::currentDataTag()));
    }
    QApplication::setPalette(usual);
}

QTEST_MAIN(TestPayload)
#include "test_payload.moc"
