// SPDX-License-Identifier: GPL-2.0-or-later
// The payload of one row, whole: as text, as bytes, or both, coloured by who sent it.
#ifndef MALFLOW_QT_PAYLOAD_PANE_HPP
#define MALFLOW_QT_PAYLOAD_PANE_HPP

#include "qt/payload_document.hpp"

#include <QTimer>
#include <QWidget>

class PayloadView;
class QAction;
class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;

class PayloadPane : public QWidget
{
    Q_OBJECT

  public:
    enum Mode { Text, Hex, Both };

    // Most that is shown of one row.
    static constexpr size_t Most = size_t(16) << 20;
    // That much is read at once, the rest when the row stayed for a moment: arrow keys must not
    // wait.
    static constexpr size_t AtOnce = size_t(256) << 10;

    explicit PayloadPane(QWidget *parent = nullptr);

    // ROW is copied. STORY must live until clear() or the next show().
    void
    show(const mf_story *story, const mf_row *row);
    using QWidget::show;

    void
    clear();

    // Of the bytes; one that is not monospaced gives its size only.
    void
    setFixedFont(const QFont &font);

    void
    setMode(Mode mode);
    Mode
    mode() const;

    // "Find within": for the window's menu, too.
    QAction *findAction;
    QAction *saveAction;

    // Writes what is shown to PATH; false: MESSAGE says why.
    bool
    saveTo(const QString &path, QString *message) const;

    const PayloadDocument &
    document() const
    {
        return shown;
    }

    PayloadView *textView, *hexView;

  signals:
    void
    goToFrame(quint32 frame);
    void
    modeChanged(int mode);

  protected:
    bool
    event(QEvent *event) override;
    void
    keyPressEvent(QKeyEvent *event) override;

  private:
    void
    makeActions();
    QWidget *
    makeBar();
    QWidget *
    makeFindBar();
    void
    connectViews(PayloadView *view, PayloadView *other);
    bool
    takesKey(const QKeyEvent *event) const;
    void
    load(size_t most, bool keep);
    void
    present(bool keep);
    QString
    summary() const;
    void
    openFind();
    void
    closeFind();
    void
    needleChanged();
    void
    findAgain(bool forward);
    void
    tellFound(int number);
    void
    saveAs();
    QString
    suggestedName() const;

    const mf_story *story = nullptr;
    mf_row row = {};
    QTimer whole; // until the rest of a great payload is read
    PayloadDocument loaded, shown;
    QVector<quint32> places;
    int needleLength = 0;
    QButtonGroup *modes;
    QComboBox *sides;
    QLabel *info;
    QWidget *findBar;
    QLineEdit *needle;
    QLabel *found;
};

#endif
